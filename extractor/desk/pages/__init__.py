"""Pages: each a function from the desk and an address to a template and its data."""
