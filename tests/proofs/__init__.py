"""Long proofs, each behind a `make` target of its own."""
