"""Types that every floor shares. Standard library only; knows nobody above."""
