"""Runs: an archive becomes tables; written tables are proved again."""
