"""The only reader of patterns/: rules, lexicons and gazetteers as checked, compiled data."""

from extractor.rules.load import Knowledge, load
from extractor.rules.matching import Match, find, find_all
from extractor.rules.schema import Rule

__all__ = ["Knowledge", "Match", "Rule", "find", "find_all", "load"]
