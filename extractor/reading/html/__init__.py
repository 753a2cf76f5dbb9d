"""Web pages: the article of the page, its metadata, lists and tables; MHTML."""
