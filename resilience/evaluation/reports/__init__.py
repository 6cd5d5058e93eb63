"""The report as a document: tables, sentences, charts, pages. Made from a disclosure release and nothing else."""
