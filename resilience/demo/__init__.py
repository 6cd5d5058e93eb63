"""The demonstration: its people, its pages and its clock; installed by settings/demo.py alone."""
