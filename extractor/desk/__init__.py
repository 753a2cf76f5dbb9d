"""The desk: the tables of a written folder as pages for people, on this machine.

Reads what was written (Parquet, kept texts, reviews.csv) and never runs a stage; writes reviews.csv alone. Pages come
out of `pages/` as a template and its data, so that the server (`app`) and the static site show the same.
"""
