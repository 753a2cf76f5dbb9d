"""Identity (报告身份): title, issuer, place and years of a report."""
