"""Arithmetic on frozen tables: dataclasses in, dataclasses out, no Django.

Every estimate carries the number of people it rests on. What cannot be computed is None, and `why` says so
in words that stand in the report. Formulas, sources and method identifiers are in `docs/methods.md`.
"""
