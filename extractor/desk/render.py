"""Render: a page's template and data → HTML. Everything that is not markup of ours is escaped and made visible."""

from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from extractor.desk.desk import PageView
from extractor.languages.visible import visible

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters["tail"] = lambda row_id: str(row_id).rpartition("-")[2]
    return made


def _shown(value: Any) -> Any:
    """What a template prints: null as nothing, text without hidden controls."""
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def render(template: str, view: PageView, context: dict[str, Any]) -> str:
    """The page as HTML."""
    return _templates().get_template(template).render(view=view, say=view.say, **context)
