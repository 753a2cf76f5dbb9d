"""Likeness of text: passages, near copies, overlaps and boilerplate over many reports."""
