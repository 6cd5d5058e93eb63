"""Coaches' hours, bookings, calls and what came of them."""
