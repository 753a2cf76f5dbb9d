"""Questions over many reports, asked of rows alone."""
