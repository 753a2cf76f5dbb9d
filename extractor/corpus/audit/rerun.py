"""The audit anew on written tables: findings of the checks that run replace theirs in `findings`."""

from collections.abc import Callable, Sequence

from extractor.corpus.audit import Audited, Check, findings_of, number_findings, outcomes
from extractor.corpus.audit.report import AuditReport, Row
from extractor.corpus.audit.reviews import load_reviews
from extractor.corpus.collection import Collection
from extractor.corpus.registry import Registry, RegistryEntry
from extractor.rules.first_in_force import load_first_in_force
from extractor.rules.repeals import load_repeals
from extractor.tables.rewrite import replace_table
from extractor.tables.rows import PER_REPORT
from extractor.tables.store import Store


def rerun(
    store: Store,
    run: Sequence[Check],
    *,
    registry: Registry | None = None,
    required: tuple[RegistryEntry, ...] | None = None,
    shown: Callable[[Row], bool] = lambda _: True,
) -> AuditReport:
    """Run the checks, store the findings, give those that are to be shown.

    A check that lacks its list is not run: its findings stay as they were.
    """
    tables = {name: store.rows(name) for name in _READ}
    collection = Collection(tables, store.text_of)
    audited = Audited(collection, load_repeals(), load_first_in_force(), registry, required)
    able = {check.id for check in run if not check.needs or getattr(audited, check.needs) is not None}
    rows = [row for row in store.rows("findings") if row["check"] not in able]
    for check in run:
        if check.id in able:
            rows += findings_of(check, audited)
    numbered = number_findings(rows, collection, load_reviews(store.folder))
    replace_table(store, "findings", numbered)
    named = {check.id for check in run}
    mine = [row for row in numbered if row["check"] in named]
    verdicts = outcomes(audited, mine, named)
    return AuditReport(
        [row for row in mine if shown(row)],
        collection.by_id,
        [(check, *verdicts[check.id]) for check in run],
        store.text_of,
    )


# what checks may look at
_READ = (*PER_REPORT, "documents", "fulfilment")
