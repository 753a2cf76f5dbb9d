"""Archives: folders, zip, tar and 7z as one sorted list of members; nothing is unpacked to disk."""
