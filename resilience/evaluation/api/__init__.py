"""What a program of an evaluator may read, by a token that stands for one person and one programme."""
