"""Word: packages of OOXML as their reader shows them; older formats through LibreOffice."""
