"""What participants did with the content."""
