"""Promises over many reports: what the next report says of them, problems that come back."""
