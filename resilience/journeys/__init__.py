"""Stories that cross apps, one transaction each."""
