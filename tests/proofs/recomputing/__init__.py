"""The figures of a report once more, from the exported files alone. Nothing here knows the product's code."""
