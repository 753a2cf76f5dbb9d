"""All tables that only many reports together can give.

Comes in: the tables of an archive as a Collection, the catalogue's entries, the user's lists. Goes out: rows of
`documents`, `comparison`, `comparison_long`, `fulfilment`, `overlaps`, `boilerplate` and `findings`, put into a
Sink one by one; `reports.same_as`, the document of each citation and what other rows say of problems, to be filled
in by who writes those tables. No step holds the rows of the archive. The order of the reports changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from extractor.corpus.audit import Audited, audit_each
from extractor.corpus.audit.reviews import Review
from extractor.corpus.collection import Collection, Row, Tables
from extractor.corpus.comparison import Catalogue, compared, used_keys
from extractor.corpus.documents import Links, find_documents
from extractor.corpus.likeness.boilerplate import find_boilerplate
from extractor.corpus.likeness.overlaps import find_overlaps
from extractor.corpus.likeness.same_reports import find_same
from extractor.corpus.promises.fulfilment import find_fulfilment
from extractor.corpus.promises.problems import ProblemLinks, link_problems
from extractor.corpus.registry import Registry, RegistryEntry
from extractor.corpus.spill import RowFile
from extractor.rules.first_in_force import load_first_in_force
from extractor.rules.gazetteer import Gazetteer
from extractor.rules.repeals import Repeal, load_repeals


class Sink(Protocol):
    """Where derived rows go; a table that is finished can be read again."""

    def put(self, table: str, row: Row) -> None:
        """One row, behind the others of its table."""

    def finish(self, *tables: str) -> None:
        """No more rows of these tables come."""

    def each(self, table: str) -> Iterable[Row]:
        """The rows of a finished table."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the user and the patterns know: without `gazetteer` no document is matched to the registered laws; without
    `repeals` the shipped table of repealed laws holds; `registry` holds the user's entries, which go before the laws;
    `reviews` are the decisions made on earlier findings."""

    catalogue: Catalogue = ()
    gazetteer: Gazetteer | None = None
    repeals: Mapping[str, Repeal] | None = None
    registry: Sequence[RegistryEntry] = ()
    reviews: Sequence[Review] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """An archive whose reports, citations and problems know of each other."""

    collection: Collection
    links: Links
    problems: ProblemLinks


def link(collection: Collection, lists: Known, sink: Sink, step: Callable[[str], None]) -> Linked:
    """The first steps: which reports are the same, which documents are cited. `step` is called before each."""
    step("same reports")
    same = find_same(collection)
    reports = [{**row, "same_as": same.get(row["report_id"])} for row in collection.tables["reports"]]
    collection = collection.replaced("reports", reports)
    step("documents")
    documents, links = find_documents(collection, Registry(lists.registry, lists.gazetteer))
    for row in documents:
        sink.put("documents", row)
    sink.finish("documents")
    base = collection
    linked = base.overlaid("citations", lambda table, id_: links.fill(base.rows(table, id_)))
    return Linked(linked, links, ProblemLinks(collection))


def derive_into(linked: Linked, lists: Known, used: Iterable[str], sink: Sink, step: Callable[[str], None]) -> None:
    """The other steps; `used` are the keys that indicators carry."""
    collection = linked.collection
    step("comparison")
    for row, cells in compared(collection, lists.catalogue, used):
        sink.put("comparison", row)
        for cell in cells:
            sink.put("comparison_long", cell)
    sink.finish("comparison", "comparison_long")
    step("fulfilment")
    answers = RowFile(collection.scratch)
    for rows in _by_report(find_fulfilment(collection)):
        answers.put(rows[0]["report_id"], rows)
        for row in rows:
            sink.put("fulfilment", row)
    sink.finish("fulfilment")
    step("overlaps")
    for row in find_overlaps(collection):
        sink.put("overlaps", row)
    sink.finish("overlaps")
    step("boilerplate")
    collection = collection.replaced("overlaps", sink.each("overlaps"))
    for row in find_boilerplate(collection):
        sink.put("boilerplate", row)
    sink.finish("boilerplate")
    step("audit")
    collection = collection.replaced("documents", sink.each("documents"))
    collection = collection.overlaid("fulfilment", lambda _, report_id: answers.get(report_id))
    repeals = load_repeals() if lists.repeals is None else lists.repeals
    for row in audit_each(Audited(collection, repeals, load_first_in_force()), reviews=lists.reviews):
        sink.put("findings", row)
    sink.finish("findings")


def _by_report(rows: Iterable[Row]) -> Iterable[list[Row]]:
    """Rows that follow each other with one report."""
    held: list[Row] = []
    for row in rows:
        if held and held[0]["report_id"] != row["report_id"]:
            yield held
            held = []
        held.append(row)
    if held:
        yield held


class _Memory:
    """Rows in lists."""

    def __init__(self) -> None:
        self.tables: Tables = {}

    def put(self, table: str, row: Row) -> None:
        self.tables.setdefault(table, []).append(row)

    def finish(self, *tables: str) -> None:
        for table in tables:
            self.tables.setdefault(table, [])

    def each(self, table: str) -> Iterable[Row]:
        return self.tables[table]


def derive(
    tables: Mapping[str, Sequence[Row]],
    text_of: Callable[[str], str],
    catalogue: Catalogue = (),
    *,
    gazetteer: Gazetteer | None = None,
    repeals: Mapping[str, Repeal] | None = None,
    registry: Sequence[RegistryEntry] = (),
    reviews: Sequence[Review] = (),
) -> Tables:
    """The same in memory: the tables with all corpus tables; the input is not changed. The lists as in `Known`."""
    lists = Known(catalogue, gazetteer, repeals, registry, reviews)
    made: Tables = {name: list(rows) for name, rows in tables.items()}
    sink = _Memory()
    linked = link(Collection(made, text_of), lists, sink, lambda _: None)
    made["reports"] = list(linked.collection.tables["reports"])
    derive_into(linked, lists, used_keys(linked.collection), sink, lambda _: None)
    made["citations"] = [filled for row in made.get("citations", ()) for filled in linked.links.fill([row])]
    made["problems"] = link_problems(linked.collection)
    return made | sink.tables
