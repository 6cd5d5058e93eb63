"""From answers to an outcome PDF: freeze, analyse, disclose, print."""
