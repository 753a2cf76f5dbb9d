"""Structure (结构): headings and their bodies, what a text is (plan or report), what is speech and what is form."""
