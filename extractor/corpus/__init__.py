"""Questions over many reports, asked of rows alone: `derive.py` runs them all, in order."""
