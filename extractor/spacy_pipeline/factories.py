"""Components: one per stage, and `govreport` that runs them all. No pattern, no tuning here.

Config: `area`, `patterns`, `divisions` as in `extractor.extract`. A stage that misses what it needs says so.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extractor.datamodel.records import Section
from extractor.errors import BadConfig
from extractor.pipeline import build_context, run_stage
from extractor.spacy_pipeline.bridge import State, extension, set_extensions, show_spans, state_of, store
from extractor.stages import STAGES, Context, Stage

set_extensions()
_OPTIONS: dict[str, Any] = {"area": None, "patterns": None, "divisions": None}


@lru_cache(maxsize=4)
def _context(area: str | None, patterns: str | None, divisions: str | None) -> Context:
    return build_context(
        area=area,
        patterns=Path(patterns) if patterns else None,
        divisions=Path(divisions) if divisions else None,
    )


class Component:
    """Runs stages on a Doc and shows what they made as span groups."""

    def __init__(self, stages: tuple[Stage[Any], ...], options: dict[str, str | None]) -> None:
        self._stages = stages
        self._options = options

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with the records of these stages."""
        context = _context(**self._options)
        state = state_of(doc)
        for stage in self._stages:
            self._check(stage, state)
            run_stage(stage, state.document, state.so_far, context)
            show_spans(doc, stage, state)
        store(doc, State(state.document, state.so_far, context.knowledge.version))
        return doc

    def _check(self, stage: Stage[Any], state: State) -> None:
        # sections are never empty for a text: without them, the first stage has not run
        if Section in stage.needs and state.document.text.strip() and not state.so_far.of(Section):
            raise BadConfig(
                f"govreport_{stage.name} needs govreport_sections before it",
                remedy='add_pipe in the order of extractor.stages.STAGES, or add "govreport" alone',
            )


def _register(name: str, stages: tuple[Stage[Any], ...]) -> Any:
    def make(nlp: Language, name: str, area: str | None, patterns: str | None, divisions: str | None) -> Component:
        return Component(stages, {"area": area, "patterns": patterns, "divisions": divisions})

    made = {stage.makes for stage in stages}
    names = {stage.makes: extension(stage) for stage in STAGES}
    return Language.factory(
        name,
        default_config=_OPTIONS,
        assigns=[f"doc._.{names[kind]}" for kind in made],
        requires=sorted({f"doc._.{names[kind]}" for stage in stages for kind in stage.needs if kind not in made}),
        func=make,
    )


make_govreport = _register("govreport", STAGES)
# the entry points of setup.cfg name one maker a stage: make_sections, make_identity, …
globals().update({f"make_{stage.name}": _register(f"govreport_{stage.name}", (stage,)) for stage in STAGES})
