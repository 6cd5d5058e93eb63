"""Instruments, time points, responses and scores."""
