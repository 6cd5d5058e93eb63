"""Organisations, their units and support routes."""
