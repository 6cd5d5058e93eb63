"""The pieces that editors put pages together from; `streams` composes them."""
