"""Checks against time and registries: laws cited before they were in force, documents that the
user's registry does not hold, holds otherwise, or marks as no longer valid."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from extractor.corpus.audit.base import Audited, Check, Finding
from extractor.corpus.documents import SHORT_FORMS
from extractor.corpus.registry import Registry, RegistryEntry
from extractor.datamodel.vocabulary import CitationKind, Severity, Verdict
from extractor.text.comparable import title_key

Row = Mapping[str, Any]
# a coming law may be drafted, and is made known before its day
_EARLY = re.compile("草案|征求意见|起草|制定|修订|修改|宣传|宣讲|学习|培训|普及|解读")
_GONE = re.compile("失效|废止|已废|repealed|expired|invalid", re.IGNORECASE)
# these are no documents of a registry of documents
_NOT_REGISTERED = {CitationKind.CASE, CitationKind.STANDARD}


def _citations(audited: Audited) -> Iterator[tuple[Row, Row]]:
    for report in audited.collection.originals:
        for row in audited.collection.rows("citations", report["report_id"]):
            yield report, row


def not_yet_in_force(audited: Audited) -> Iterable[Finding]:
    """Laws cited in a report on a year before their first day in force."""
    for report, row in _citations(audited):
        day = audited.first_in_force.get(title_key(row.get("title")))
        own = report.get("report_year")
        if day is None or own is None or day <= date(own, 12, 31) or _EARLY.search(row.get("relation") or ""):
            continue
        # such a law may be promulgated, and a report is written in the next year
        verdict = Verdict.UNCERTAIN if day.year == own + 1 else Verdict.FAIL
        message = f"《{row['title']}》 is in force only from {day}, the report speaks of {own}"
        yield Finding(row, message, verdict, document_id=row.get("document_id"))


def _judged(audited: Audited) -> Iterator[tuple[Registry, Row]]:
    if audited.registry is None:
        return
    for _, row in _citations(audited):
        short = not row.get("number") and title_key(row.get("title")) in SHORT_FORMS
        if row.get("kind") not in _NOT_REGISTERED and (row.get("number") or row.get("title")) and not short:
            yield audited.registry, row


def _by_number(registry: Registry, row: Row) -> RegistryEntry | None:
    """The first entry of the citation's number."""
    return next(iter(registry.numbered(row.get("number"))), None)


def not_found(audited: Audited) -> Iterable[Finding]:
    """Citations of which neither number nor title is registered, nor a known law, with the nearest title."""
    for registry, row in _judged(audited):
        title, number = row.get("full_title") or row.get("title"), row.get("number")
        # several entries of one title are none to match, but it is there
        if registry.match(number, title) is None and not registry.titled(title):
            near = registry.closest(title) if title else None
            shown = f"nearest: {near[0].name} ({near[1]:.0%} alike)" if near else "nothing like it is there"
            name = (f"《{row['title']}》" if row.get("title") else "") + (number or "")
            message = f"{name} is not in the registry; {shown}"
            yield Finding(row, message, Verdict.UNCERTAIN, document_id=row.get("document_id"))


def disagrees(audited: Audited) -> Iterable[Finding]:
    """Citations whose number is registered under another title, or whose title under another number."""
    for registry, row in _judged(audited):
        by_number, by_title = _by_number(registry, row), registry.titled(row.get("title"))
        title = title_key(row.get("title"))
        if by_number is not None and title and by_number.title:
            known = title_key(by_number.title)
            if title in known or known in title:
                continue
            yield _registered(row, f"{row['number']} is registered as 《{by_number.title}》")
        elif by_number is None and row.get("number") and by_title and all(entry.number for entry in by_title):
            numbers = "、".join(str(entry.number) for entry in by_title)
            yield _registered(row, f"《{row['title']}》 is registered under {numbers}, not {row['number']}")


def no_longer_valid(audited: Audited) -> Iterable[Finding]:
    """Citations whose registry entry is marked as repealed or expired."""
    for registry, row in _judged(audited):
        by_title = registry.titled(row.get("title"))
        entry = _by_number(registry, row) or (by_title[0] if len(by_title) == 1 else None)
        if entry is not None and _GONE.search(entry.status or ""):
            message = f"{entry.name} is marked {entry.status} in the registry"
            yield Finding(row, message, Verdict.UNCERTAIN, document_id=row.get("document_id"))


def _registered(row: Row, message: str) -> Finding:
    return Finding(row, message, document_id=row.get("document_id"))


CHECKS = (
    Check(
        "citation.not_yet_in_force",
        Severity.WARNING,
        "A law is cited in a report on a year that ended before the law's first day in force (table "
        "first_in_force). Uncertain where it came into force in the next year; drafting it, teaching "
        "and learning it are left out, for these come before.",
        not_yet_in_force,
        ("citations", "title"),
    ),
    Check(
        "registry.not_found",
        Severity.WARNING,
        "Needs --registry CSV. Neither number nor title of a citation is in the registry, and it is none of "
        "the shipped laws; the nearest title is shown. Uncertain: the registry may have gaps. Cases, "
        "standards and short forms are left out.",
        not_found,
        ("citations", "citation_id"),
        "registry",
    ),
    Check(
        "registry.disagrees",
        Severity.WARNING,
        "Needs --registry CSV. The number is registered under another title (one may hold the other), "
        "or the title under another number.",
        disagrees,
        ("citations", "number"),
        "registry",
    ),
    Check(
        "registry.no_longer_valid",
        Severity.WARNING,
        "Needs --registry CSV with a status. The entry of a cited document is marked as repealed or "
        "expired (失效, 废止). Uncertain: the registry does not say since when.",
        no_longer_valid,
        ("citations", "citation_id"),
        "registry",
    ),
)
