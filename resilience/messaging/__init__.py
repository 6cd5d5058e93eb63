"""Every e-mail, text and call leg that we mean to send, one row each."""
