"""The dataset pack: what its files hold, how it is read, checked, taken in and written."""
