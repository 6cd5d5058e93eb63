"""The telephone network behind a small port: no models, and no vendor's word passes it."""
