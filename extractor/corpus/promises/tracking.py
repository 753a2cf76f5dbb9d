"""What a place promised and what came of it, counted.

Comes in: the tables of an archive. Goes out: one row per place and pair of years. Measurable is a
commitment with a number or a term; answered is an action that the next report reports on (fulfilled,
partly, reported): a promise that is only made again is not.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from extractor.corpus.collection import Row

OUTCOMES = ("fulfilled", "partly", "reported", "repeated", "not_mentioned")
_ANSWERED = OUTCOMES[:3]
_MEASURABLE = ("measurable", "measurable_with_deadline")


def summarise(tables: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Per report whose promises were followed up: region, code, year, next_year, commitments,
    measurable_share, actions, answered_share, a count per outcome. By region, code and year."""
    reports = {row["report_id"]: row for row in tables.get("reports", ())}
    strengths: defaultdict[str, list[str]] = defaultdict(list)
    for row in tables.get("commitments", ()):
        strengths[row["report_id"]].append(row["strength"])
    outcomes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in tables.get("fulfilment", ()):
        outcomes[row["promise_report_id"], row["report_id"]][row["outcome"]] += 1
    rows = []
    for (earlier, later), counts in outcomes.items():
        report, actions, mine = reports[earlier], sum(counts.values()), strengths[earlier]
        rows.append(
            {
                "region": report["region"] or report["issuer"],
                "code": report["division_code"],
                "year": report["report_year"],
                "next_year": reports[later]["report_year"],
                "commitments": len(mine),
                "measurable_share": round(sum(s in _MEASURABLE for s in mine) / len(mine), 4) if mine else None,
                "actions": actions,
                "answered_share": round(sum(counts[outcome] for outcome in _ANSWERED) / actions, 4),
                **{outcome: counts[outcome] for outcome in OUTCOMES},
            }
        )
    return sorted(rows, key=lambda row: (row["region"] or "", row["code"] or "", row["year"], row["next_year"]))
