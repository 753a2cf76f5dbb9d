"""Check of issuer codes (机关代字): does the code fit the body and the place that the title names?

宝罗府 says place (宝山区, 罗店镇) and body (府: government). Only titles that name their issuer, and
the report's own number, are judged; a code may always be shorter than the name.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from extractor.corpus.audit.base import Audited, Check, Finding
from extractor.datamodel.vocabulary import CitationKind, Severity, Verdict

Row = Mapping[str, Any]
_PARTY = re.compile(r"^中共[^政府]{1,12}委员?会?(?:办公室|办公厅)?关于|^中国共产党\w{1,12}委员会关于")
_GOVERNMENT = re.compile(r"^(?!中共)[^、委]{2,16}人民政府(?:办公室|办公厅)?关于")
_STATE_COUNCIL = re.compile(r"^国务院(?:办公厅)?关于")
_LOCAL = re.compile(r"^([\u4e00-\u9fff]{1,6}?)(?:省|市|县|区|镇|乡|街道)(?:人民政府|委员会|党工委|办事处)")
_OTHER_FORM = {CitationKind.CASE, CitationKind.STANDARD}


def misfits(audited: Audited) -> Iterable[Finding]:
    """Citations whose code names another kind of body or another place than their title."""
    for report in audited.collection.originals:
        for row in audited.collection.rows("citations", report["report_id"]):
            code = row.get("issuer_code")
            if not code or row.get("kind") in _OTHER_FORM or "令" in code:
                continue
            fault = _body(code, row.get("title") or "") or _place(code, row, report)
            if fault:
                message, verdict = fault
                yield Finding(row, message, verdict, document_id=row.get("document_id"))


def _body(code: str, title: str) -> tuple[str, Verdict] | None:
    if _STATE_COUNCIL.match(title):
        return None if code.startswith("国") else (f"{code} is no code of the State Council", Verdict.FAIL)
    # 政 and 府 stand for a government, 委 and 党 for the party; 政法委, 法治政府 are bodies of either
    if _PARTY.match(title) and re.search("府|政发|政办", code) and not re.search("委|党|法治政府", code):
        return f"{code} is a government's code, the title names a party committee", Verdict.FAIL
    if _GOVERNMENT.match(title) and re.search("委|党", code) and not re.search("府|政", code):
        return f"{code} is a party committee's code, the title names a government", Verdict.FAIL
    if code.startswith(("国发", "国办")) and _LOCAL.match(title):
        return f"{code} is a code of the State Council, the title names a local body", Verdict.FAIL
    return None


def _place(code: str, row: Row, report: Row) -> tuple[str, Verdict] | None:
    """The report's own number must hold a character of one of its places."""
    places = [report.get(level) or "" for level in ("region", "county", "city")]
    if row.get("relation") != "own" or report.get("region_level") not in {"township", "county"} or not any(places):
        return None
    if any(char in name[:-1] for char in code for name in places):
        return None
    return f"{code} holds no character of {places[0] or places[1]}", Verdict.UNCERTAIN


CHECKS = (
    Check(
        "citation.issuer_code_misfit",
        Severity.WARNING,
        "An issuer code does not fit the body that the title names (a committee's document under a "
        "government's code, a State Council document under another code), or a report's own number "
        "holds no character of its township, county or city (uncertain: a town may have an old name). "
        "Titles that do not name their issuer are not judged.",
        misfits,
        ("citations", "issuer_code"),
    ),
)
