"""Checks of cited documents: number, title and year agree with each other and with the report.

Court cases, standards and orders without a year have numbers of their own form and are left out of
the checks of form and year.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from difflib import SequenceMatcher
from typing import Any, TypeVar

from extractor.corpus.audit.base import Audited, Check, Finding
from extractor.corpus.documents import SHORT_FORMS, most_common, year_of_title
from extractor.datamodel.folding import fold
from extractor.datamodel.vocabulary import CitationKind, Severity, Verdict
from extractor.text.comparable import document_number, title_key

Row = Mapping[str, Any]
K = TypeVar("K", bound=Hashable)
_OTHER_FORM = {CitationKind.CASE, CitationKind.STANDARD}
_ORDER = re.compile(r"(?:令|公告)(?:第)?\d+号$")
_HALF_BRACKET = re.compile(r"[〔\[]\d{4,}年?(?![〕\])\d年])|(?<![〔\[(\d])\d{4}年?[〕\]]")
_WELL_FORMED = re.compile(r"[^\W\d_]{2,}(?:〔(\d{4})〕)([1-9]\d*)号")
# a title that plans a year (2021年…要点) is written before or in it, one that looks back after it
_PLANS = re.compile(r"要点|计划|方案|安排|规划|目标|任务")
_CHANGES = re.compile("废止|修订|修改|清理|失效|替代|取代")
_ALIKE = 0.8


def _citations(audited: Audited) -> Iterable[tuple[Row, Row]]:
    """Report and citation, for the originals."""
    for report in audited.collection.originals:
        for row in audited.collection.rows("citations", report["report_id"]):
            yield report, row


def _numbered(audited: Audited) -> Iterable[tuple[Row, Row]]:
    for report, row in _citations(audited):
        if row.get("number") and row.get("kind") not in _OTHER_FORM:
            yield report, row


def number_with_two_titles(audited: Audited) -> Iterable[Finding]:
    """Mentions of a number whose title is another than that of most mentions."""
    for number, rows in _of_several(lambda: _titled_numbers(audited)).items():
        usual = most_common(title_key(row["title"]) for row in rows)
        proof = next(row for row in rows if title_key(row["title"]) == usual)
        for row in rows:
            title = title_key(row["title"])
            if _same_title(title, usual):
                continue
            alike = SequenceMatcher(None, title, usual, autojunk=False).ratio() >= _ALIKE
            yield Finding(
                row,
                f"{number} is elsewhere the number of 《{proof['title']}》",
                Verdict.UNCERTAIN if alike else Verdict.FAIL,
                (proof,),
                row.get("document_id"),
            )


def _titled_numbers(audited: Audited) -> Iterable[tuple[str, str, Row]]:
    """Number, title and row of each mention of both."""
    for _, row in _numbered(audited):
        title = title_key(row.get("title"))
        if title and title not in SHORT_FORMS:
            yield document_number(row["number"]), title, row


def _of_several(mentions: Callable[[], Iterable[tuple[K, str, Row]]]) -> dict[K, list[Row]]:
    """Rows by key, of keys that are mentioned with more than one value, in the order of first mention. The
    mentions are gone through twice, so that the rows of the others are never held."""
    values: dict[K, int] = {}
    several: set[K] = set()
    for key, value, _ in mentions():
        if values.setdefault(key, hash(value)) != hash(value):
            several.add(key)
    found: defaultdict[K, list[Row]] = defaultdict(list)
    for key, _, row in mentions():
        if key in several:
            found[key].append(row)
    return found


def _same_title(left: str, right: str) -> bool:
    """Equal but for the issuer in front or a bracket part behind: 《…人民政府关于恳请…》."""
    return left in right or right in left


def title_with_two_numbers(audited: Audited) -> Iterable[Finding]:
    """Mentions of a title under another number of the same issuing code than most mentions."""
    for (title, _), rows in _of_several(lambda: _numbered_titles(audited)).items():
        usual = most_common(document_number(row["number"]) for row in rows)
        proof = next(row for row in rows if document_number(row["number"]) == usual)
        for row in rows:
            if document_number(row["number"]) == usual:
                continue
            # the same title may be issued anew in another year
            anew = row.get("year") != proof.get("year") and year_of_title(title) is None
            yield Finding(
                row,
                f"《{row['title']}》 has elsewhere the number {proof['number']}",
                Verdict.UNCERTAIN if anew else Verdict.FAIL,
                (proof,),
                row.get("document_id"),
            )


def _numbered_titles(audited: Audited) -> Iterable[tuple[tuple[str, str], str, Row]]:
    """Title and issuing code, number and row of each mention of all three."""
    for _, row in _numbered(audited):
        title = title_key(row.get("title"))
        if title and title not in SHORT_FORMS and row.get("issuer_code"):
            yield (title, row["issuer_code"]), document_number(row["number"]), row


def malformed_numbers(audited: Audited) -> Iterable[Finding]:
    """Numbers without issuing code, four-digit year or proper serial number."""
    for _, row in _numbered(audited):
        written = re.sub(r"\s+", "", fold(row.get("number_text") or row["number"]))
        fault = _fault(row, written)
        if fault:
            yield Finding(row, f"{row['number_text'] or row['number']}: {fault}")


def _fault(row: Row, written: str) -> str | None:
    number = document_number(row["number"])
    if _ORDER.search(written) or _ORDER.search(number):
        return None
    if not re.search(r"\d{4}|〔\d\d〕|\(\d\d\)|\[\d\d\]", written):
        return "the year is missing"
    if _HALF_BRACKET.search(written):
        return "half of the bracket round the year is lost"
    if re.search(r"(?<=[〕)\]])第?0\d*号", written):
        return "the serial number begins with 0 (GB/T 9704: no leading zero)"
    found = _WELL_FORMED.fullmatch(number)
    if found is None:
        return "not of the form 机关代字〔年份〕序号号 (GB/T 9704)"
    if not 1949 <= int(found[1]) <= 2100:
        return "no possible year"
    return None


def odd_marks(audited: Audited) -> Iterable[Finding]:
    """Numbers whose year stands in other than hexagonal brackets, or with 第 before the serial."""
    for _, row in _numbered(audited):
        written = row.get("number_text") or row["number"]
        if _ORDER.search(re.sub(r"\s+", "", fold(written))) or not re.search(r"\d{4}", written):
            continue
        if _HALF_BRACKET.search(fold(written)):
            continue
        if not re.search(r"[〔﹝]\d{4}[〕﹞]", written):
            yield Finding(row, f"{written}: the year belongs in 〔〕 (GB/T 9704)")
        elif "第" in written:
            yield Finding(row, f"{written}: no 第 before the serial number (GB/T 9704)")


def later_than_report(audited: Audited) -> Iterable[Finding]:
    """Documents numbered after the year of the report; after its publication for certain."""
    for report, row in _numbered(audited):
        year, own = row.get("year"), report.get("report_year")
        if year is None or own is None or year <= own:
            continue
        published = str(report.get("published") or "")[:4]
        last = int(published) if published.isdigit() else own + 1
        verdict = Verdict.FAIL if year > last else Verdict.UNCERTAIN
        message = f"numbered in {year}, the report speaks of {own}"
        yield Finding(row, message, verdict, document_id=row.get("document_id"))


def title_year_against_number(audited: Audited) -> Iterable[Finding]:
    """Titles that name a year to which the number's year does not fit."""
    for _, row in _numbered(audited):
        year, named = row.get("year"), year_of_title(row.get("title"))
        if year is None or named is None or year in {named, named - 1}:
            continue
        if year == named + 1 and not _PLANS.search(row["title"]):
            continue
        verdict = Verdict.UNCERTAIN if year == named + 1 else Verdict.FAIL
        message = f"the title speaks of {named}, the number is of {year}"
        yield Finding(row, message, verdict, document_id=row.get("document_id"))


def repealed_laws(audited: Audited) -> Iterable[Finding]:
    """Laws cited as in force in a report on a year after their repeal."""
    for report, row in _citations(audited):
        repeal = audited.repeals.get(title_key(row.get("title")))
        own = report.get("report_year")
        if repeal is None or own is None or repeal.repealed_on > date(own, 12, 31):
            continue
        if _CHANGES.search(row.get("relation") or ""):
            continue
        after = f", replaced by 《{repeal.replaced_by}》" if repeal.replaced_by else ""
        message = f"《{row['title']}》 is repealed since {repeal.repealed_on}{after}"
        # a report on the year of the repeal may rightly speak of the months before
        whole_year = repeal.repealed_on <= date(own, 1, 1)
        verdict = Verdict.FAIL if whole_year else Verdict.UNCERTAIN
        yield Finding(row, message, verdict, document_id=row.get("document_id"))


CHECKS = (
    Check(
        "citation.number_with_two_titles",
        Severity.WARNING,
        "One document number stands for two titles, within a report or across reports. Titles of "
        "which one holds the other (issuer in front, （试行） behind) count as one; titles that "
        "are much alike are uncertain, since one may be a slip of the pen.",
        number_with_two_titles,
        ("citations", "number"),
        archive=True,
    ),
    Check(
        "citation.title_with_two_numbers",
        Severity.WARNING,
        "One title of one issuing code stands under two numbers. Uncertain where the years differ "
        "and the title names no year: the same title may have been issued anew.",
        title_with_two_numbers,
        ("citations", "number"),
        archive=True,
    ),
    Check(
        "citation.number_malformed",
        Severity.WARNING,
        "A document number lacks its issuing code, year or half of its bracket, or has a serial number with a leading "
        "zero or an impossible year (GB/T 9704). Orders (令第39号) need no year.",
        malformed_numbers,
        ("citations", "number"),
    ),
    Check(
        "citation.number_marks",
        Severity.INFO,
        "A document number is written with other brackets than 〔〕 or with 第. The number is "
        "clear, only its writing departs from GB/T 9704; web pages often cause it.",
        odd_marks,
        ("citations", "number"),
    ),
    Check(
        "citation.later_than_report",
        Severity.WARNING,
        "A document is numbered in a later year than the one reported on. A report is written in "
        "the first months of the next year, so one year later is uncertain unless the report was "
        "published before; anything later fails.",
        later_than_report,
        ("citations", "number"),
    ),
    Check(
        "citation.title_year_against_number",
        Severity.WARNING,
        "The one year named in a title does not fit the year of its number. A plan may be "
        "numbered the year before, a summary the year after; a plan numbered the year after is "
        "uncertain, anything further fails.",
        title_year_against_number,
        ("citations", "number"),
    ),
    Check(
        "citation.repealed_law",
        Severity.WARNING,
        "A law is cited that had lost force before the report's year began (uncertain: in the "
        "course of that year). Mentions that speak of repealing or revising it are left out.",
        repealed_laws,
        ("citations", "title"),
    ),
)
