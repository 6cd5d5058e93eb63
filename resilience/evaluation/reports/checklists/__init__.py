"""Reporting checklists: each item in our own short words, with its place in the report or the sentence itself."""
