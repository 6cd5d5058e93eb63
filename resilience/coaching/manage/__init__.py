"""Pages on which managers and leads make coaches, follow them and end them."""
