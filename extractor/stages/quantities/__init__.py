"""Quantities (数量): numbers with their units, fixed expressions, and the ledger of all numerals."""
