"""Questions over many reports, asked of rows alone: `derive` runs them all, in order."""

from extractor.corpus.derive import derive

__all__ = ["derive"]
