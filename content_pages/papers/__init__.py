"""The papers of a programme, made from it as it stands: for those who are asked to join, and for an ethics board."""
