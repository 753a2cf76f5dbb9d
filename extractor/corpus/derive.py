"""All tables that only many reports together can give.

Comes in: the merged tables of an archive, a function that gives a report's text, the catalogue's
entries. Goes out: the same tables with `documents`, `comparison`, `comparison_long`, `fulfilment`,
`overlaps`, `boilerplate` and `findings` added, `reports.same_as`, `citations.document_id` and what other
rows say of `problems` filled. The input is
not changed; the order of the reports in it changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence

from extractor.corpus.audit import Audited, audit
from extractor.corpus.audit.reviews import Review
from extractor.corpus.collection import Collection, Row, Tables
from extractor.corpus.comparison import Catalogue, compare
from extractor.corpus.documents import find_documents
from extractor.corpus.likeness.boilerplate import find_boilerplate
from extractor.corpus.likeness.overlaps import find_overlaps
from extractor.corpus.likeness.same_reports import find_same
from extractor.corpus.promises.fulfilment import find_fulfilment
from extractor.corpus.promises.problems import link_problems
from extractor.corpus.registry import Registry, RegistryEntry
from extractor.rules.first_in_force import load_first_in_force
from extractor.rules.gazetteer import Gazetteer
from extractor.rules.repeals import Repeal, load_repeals


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
    """The tables with all corpus tables.

    Without `gazetteer` no document is matched to the registered laws; without `repeals` the
    shipped table of repealed laws holds; `registry` holds the user's entries, which go before the laws;
    `reviews` are the decisions made on earlier findings.
    """
    made: Tables = {name: list(rows) for name, rows in tables.items()}
    same = find_same(Collection(made, text_of))
    made["reports"] = [{**row, "same_as": same.get(row["report_id"])} for row in made.get("reports", ())]
    collection = Collection(made, text_of)
    made["documents"], ids, how = find_documents(collection, Registry(registry, gazetteer))
    made["citations"] = [
        {**row, "document_id": ids.get(row["citation_id"]), "document_match": how.get(row["citation_id"])}
        for row in made.get("citations", ())
    ]
    collection = Collection(made, text_of)
    made["comparison"], made["comparison_long"] = compare(collection, catalogue)
    made["fulfilment"] = find_fulfilment(collection)
    made["overlaps"] = find_overlaps(collection)
    made["boilerplate"] = find_boilerplate(Collection(made, text_of))
    made["problems"] = link_problems(collection)
    known = load_repeals() if repeals is None else repeals
    made["findings"] = audit(Audited(Collection(made, text_of), known, load_first_in_force()), reviews=reviews)
    return made
