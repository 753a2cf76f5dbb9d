"""What the next year's report says of each promised action.

Comes in: a Collection. Goes out: rows of `fulfilment`, one per action of a report of year N whose place
also has a report of year N+1.

An action's words are the pairs of neighbouring characters of verb and object. A sentence answers it
when it holds at least half of them, pairs counting the more the fewer sentences of the later
report have them. The rule that decides, in this order:

- `silent`: no sentence answers → not_mentioned
- `target_met`, `target_missed`: the answer stands outside plan and problems, and states a number
  in the action's unit: at least the promised number (不超过: at most) → fulfilled, less → partly
- `key_met`, `key_missed`: no such answer, but the later report states a number that the catalogue gives the
  same key as the promised one, in the same unit; judged likewise
- `done`: it says that the thing is done (完成, 建成, 出台 …) and holds 0.7 of the words → fulfilled
- `still_short`: the best answer stands among the problems → partly
- `promised_again`: answers stand in the plan alone → repeated
- `mentioned`: anything else → reported
"""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.corpus.collection import Collection, Row, place
from extractor.corpus.likeness.passages import Passage, passages, shingles, wording_of
from extractor.datamodel.span import Span
from extractor.text.comparable import plain

ANSWERS = 0.5
DONE_SHARE = 0.7
# verbs of completion: they end an undertaking, where 推进 or 加强 go on with it
_DONE = re.compile(
    "完成|建成|出台|印发|制定了|制定并|修订了|成立了|设立了|实现了|全覆盖|投入使用|挂牌|落成|建立了|"
    "达到|通过验收|圆满|已"
)
_CHANGE_ONLY = re.compile("(?:年均|同比|比上年|平均)?(?:增长|增加|提高|下降|减少|降低|上升)#?%?(?:以上|左右|以内)?")
_FEWER = re.compile("失业率|价格涨幅|赤字率|能耗|死亡|事故|发案|败诉率|差错率|投诉率|负债率|发生率|复发率")
# what a sentence says while the thing is still under way
_UNDER_WAY = re.compile("正在|推进中|尚未|未能|仍需|有待|不足|初步")


@dataclass(frozen=True, slots=True)
class _Answer:
    """A sentence that holds `share` of an action's words, in a section of `kind`."""

    share: float
    passage: Passage
    kind: str


def find_fulfilment(collection: Collection) -> Iterator[Row]:
    """Rows of `fulfilment`, in the order of reports, commitments and actions."""
    for earlier, later in _successions(collection):
        by_commitment: defaultdict[str, list[Row]] = defaultdict(list)
        for action in collection.rows("actions", earlier["report_id"]):
            by_commitment[action["commitment_id"]].append(action)
        actions = [
            action
            for commitment in collection.rows("commitments", earlier["report_id"])
            for action in by_commitment.get(commitment["commitment_id"], ())
        ]
        if actions:
            answers = _Answers(collection, later["report_id"])
            keys = _keys(collection, earlier["report_id"])
            yield from (_outcome(collection, action, keys, later, answers) for action in actions)


def _successions(collection: Collection) -> Iterator[tuple[Row, Row]]:
    """Reports of one place and of two years that follow each other; of several, the first."""
    known: dict[tuple[str, int], Row] = {}
    for report in collection.originals:
        where, year = place(report), report.get("report_year")
        if where is not None and year is not None:
            known.setdefault((where, year), report)
    for (where, year), report in known.items():
        if (where, year + 1) in known:
            yield report, known[where, year + 1]


class _Answers:
    """The later report's sentences, found by the words that they hold."""

    def __init__(self, collection: Collection, report_id: str) -> None:
        text = collection.text_of(report_id)
        self.passages = passages(text, at_least=4)
        promised = [Span(row["char_start"], row["char_end"]) for row in collection.rows("commitments", report_id)]
        plans = [row["char_start"] for row in collection.rows("sections", report_id) if row.get("kind") == "plan"]
        self.kinds = [
            _kind(collection.kind_at(report_id, p.span.start), p.span, promised, min(plans, default=None))
            for p in self.passages
        ]
        self.holders: defaultdict[str, list[int]] = defaultdict(list)
        for at, passage in enumerate(self.passages):
            for shingle in shingles(passage.wording):
                self.holders[shingle].append(at)

    def at(self, start: int, words: frozenset[str]) -> _Answer | None:
        """The sentence around a position with the share of the words that it holds; None outside any."""
        for passage, kind in zip(self.passages, self.kinds, strict=True):
            if passage.span.start <= start < passage.span.end:
                weights = {word: self._weight(word) for word in sorted(words)}
                held = shingles(passage.wording)
                whole = sum(weights.values())
                share = sum(weight for word, weight in weights.items() if word in held) / whole if whole else 0.0
                return _Answer(round(share, 4), passage, kind)
        return None

    def _weight(self, word: str) -> float:
        return math.log(1 + len(self.passages) / (1 + len(self.holders.get(word, []))))

    def to(self, words: frozenset[str]) -> list[_Answer]:
        """Sentences that hold at least half of the words by weight, best first."""
        held: defaultdict[int, float] = defaultdict(float)
        whole = 0.0
        for word in sorted(words):
            holders = self.holders.get(word, [])
            weight = self._weight(word)
            whole += weight
            for at in holders:
                held[at] += weight
        found = [
            _Answer(round(weight / whole, 4), self.passages[at], self.kinds[at])
            for at, weight in held.items()
            if weight >= ANSWERS * whole
        ]
        return sorted(found, key=lambda answer: (-answer.share, answer.passage.span))


def _keys(collection: Collection, report_id: str) -> list[tuple[int, str]]:
    """Where a report states a number of the catalogue, and its key."""
    rows = collection.rows("indicators", report_id)
    return sorted((row["char_start"], row["indicator"]) for row in rows if row.get("indicator"))


def _sentence(collection: Collection, action: Row) -> str:
    """The whole commitment of an action, as written."""
    rows = collection.rows("commitments", action["report_id"])
    return next((row["quote"] for row in rows if row["commitment_id"] == action["commitment_id"]), "")


def _kind(kind: str, span: Span, promised: Sequence[Span], plan_from: int | None) -> str:
    """The later report's own promises tell nothing of the earlier ones: 今年拟安排… in any section, and, once
    its plans have begun, a section whose heading says nothing of its kind (三、深化重点领域改革)."""
    behind = kind == "other" and plan_from is not None and span.start >= plan_from
    return "plan" if behind or _lies_in(span, promised) else kind


def _lies_in(span: Span, others: Sequence[Span]) -> bool:
    """True if the span shares more than half of itself with one of the others (in text order)."""
    at = bisect_left(others, span.end, key=lambda other: other.start)
    return any(2 * (min(span.end, o.end) - max(span.start, o.start)) > span.length for o in others[max(at - 2, 0) : at])


def _outcome(
    collection: Collection, action: Row, keys: Sequence[tuple[int, str]], later: Row, answers: _Answers
) -> Row:
    phrase = wording_of(plain(f"{action.get('verb') or ''}{action.get('object') or ''}"))
    if _CHANGE_ONLY.fullmatch(phrase):
        # 财政支出超过23万亿元,增长6.5%: what grows is named by the clauses before
        phrase = wording_of(plain(_sentence(collection, action)))
    words, report_id = shingles(phrase), later["report_id"]
    indicators = collection.rows("indicators", report_id)
    outcome, rule, answer = _decide(action, answers.to(words), indicators)
    if rule not in {"fulfilment.target_met", "fulfilment.target_missed"}:
        counted = _counted(action, keys, indicators, answers, words)
        outcome, rule, answer = counted or (outcome, rule, answer)
    text = collection.text_of(report_id)
    span = answer.passage.span if answer else None
    return {
        "commitment_id": action["commitment_id"],
        "ordinal": action["ordinal"],
        "report_id": report_id,
        "outcome": outcome,
        "score": answer.share if answer else 0.0,
        "rule": rule,
        "promise_report_id": action.get("report_id"),
        "promise_quote": action.get("quote"),
        "promise_char_start": action.get("char_start"),
        "promise_char_end": action.get("char_end"),
        "quote": text[span.start : span.end] if span else None,
        "char_start": span.start if span else None,
        "char_end": span.end if span else None,
        "page": collection.page_of(report_id, span.start) if span else None,
    }


def _decide(action: Row, found: Sequence[_Answer], indicators: Sequence[Row]) -> tuple[str, str, _Answer | None]:
    """Outcome, rule and the sentence that decided, after the rules of the module."""
    if not found:
        return "not_mentioned", "fulfilment.silent", None
    past = [answer for answer in found if answer.kind not in {"plan", "problems"}]
    for answer in past:
        reached = _reached(action, answer, indicators)
        if reached is not None:
            if _met(action, reached):
                return "fulfilled", "fulfilment.target_met", answer
            return "partly", "fulfilment.target_missed", answer
    for answer in past:
        says = answer.passage.wording
        if answer.share >= DONE_SHARE and _DONE.search(says) and not _UNDER_WAY.search(says):
            return "fulfilled", "fulfilment.done", answer
    if found[0].kind == "problems":
        return "partly", "fulfilment.still_short", found[0]
    if not past:
        return "repeated", "fulfilment.promised_again", found[0]
    return "reported", "fulfilment.mentioned", past[0]


def _met(action: Mapping[str, Any], reached: float) -> bool:
    """不超过 promises a ceiling, as does a number of which less is better; everything else a floor."""
    target = float(action["target_value"])
    if target < 0:
        # 压减5%以上: a cut is kept by a larger cut
        target, reached = -target, abs(reached)
        return reached >= target
    ceiling = action.get("target_approx") in {"at_most", "under"} or _FEWER.search(action.get("object") or "")
    return reached <= target if ceiling else reached >= target


def _counted(
    action: Row,
    keys: Sequence[tuple[int, str]],
    indicators: Sequence[Row],
    answers: _Answers,
    words: frozenset[str],
) -> tuple[str, str, _Answer] | None:
    """The verdict by the number that the catalogue calls the same as the promised one; None without."""
    start, end = action.get("char_start"), action.get("char_end")
    if action.get("target_value") is None or start is None or end is None:
        return None
    wanted = {key for at, key in keys if start <= at < end}
    for row in indicators:
        same = row.get("indicator") in wanted and row["unit"] == action.get("target_unit")
        if not same or row["value"] is None or row.get("role") not in {"actual", None} or row.get("part_of"):
            continue
        answer = answers.at(row["char_start"], words)
        if answer is not None and answer.kind not in {"plan", "problems"}:
            if _met(action, row["value"]):
                return "fulfilled", "fulfilment.key_met", answer
            return "partly", "fulfilment.key_missed", answer
    return None


def _reached(action: Mapping[str, Any], answer: _Answer, indicators: Sequence[Row]) -> float | None:
    """The number in the action's unit that the answering sentence states; None without one."""
    if action.get("target_value") is None:
        return None
    span = answer.passage.span
    values = [
        row["value"]
        for row in indicators
        if span.start <= row["char_start"] < span.end
        and row["unit"] == action.get("target_unit")
        and row["value"] is not None
        and row.get("role") != "target"
    ]
    return max(values) if values else None
