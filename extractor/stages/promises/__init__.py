"""Promises (承诺): commitments, the actions in them, and problems admitted."""
