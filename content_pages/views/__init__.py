"""What answers: the task list, the pages of a programme, and an editor's previews of them."""
