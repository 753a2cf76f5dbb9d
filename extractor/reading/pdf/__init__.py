"""PDF: characters with their boxes, tables by ruling lines, reading order, recognition of scans."""
