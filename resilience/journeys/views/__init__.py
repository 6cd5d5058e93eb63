"""Pages of the stories that cross apps."""
