"""Language facts on strings: numerals, units, dates, sentences, words. No files."""
