"""Indicators (指标): what each measuring number counts: names, roles, parts, catalogue keys."""
