"""What an editor finds under Reports: checks, stories to read again, blocks in use, safety fixes, versions seen."""
