"""Evaluation: extracted rows held against gold made by hand."""
