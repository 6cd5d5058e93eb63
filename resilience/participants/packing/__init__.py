"""A programme in one file: gathered from the `pack` module of each app, and put back from it whole or not at all."""
