"""Row differences between two sets of tables: rows gained, lost and changed, matched by place in the text."""
