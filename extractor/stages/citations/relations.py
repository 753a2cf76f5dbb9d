"""Relation (引用关系): the verb that governs a citation in its sentence: what the report does with the document.

Comes in: the view, where a citation begins and ends, the verbs of `patterns/citations.toml`. Goes out: one of these
verbs as written, or None. A verb that only describes the document (国务院印发的《…》) counts where no other governs.
"""

import regex

from extractor.rules.schema import Rule
from extractor.text.tokens import Tokens

_REACH = 120
_NEAR = 40
_BEHIND = 24
_INSIDE = regex.compile(r"""\([^()]*\)|[“"][^“”"]*[”"]""")
# 按照《甲》的规定和《乙》: what governs the first is no attribute (制定的《乙》)
_TITLE, _TITLED = regex.compile("《[^《》]*》?"), "〓"
_HANDLED = regex.compile(r"(?:将|对|把|就)[、,和及与\ 〓]*$")
# more titles of the list, then 等…: 对《甲》、《乙》等规定开展意见征集
_LIST = regex.compile(r"(?:[、,和及与]*(?:《[^《》]*(?:《[^《》]*》[^《》]*)*》|\([^()]*\)))*等?")
# 对《甲》等规定的制定开展意见征集: what is done stands behind the formal verb
_FORMAL = regex.compile("进行|开展|予以|加以|作出")
# 印发的, 制定并实施的, 新修订后的: what others did to it, or did before
_ATTRIBUTE = regex.compile("(?:并?(?:实施|公布|施行|印发|出台))?后?的")
# 通过召开座谈会, 通过《甲办法》宣传栏: by what means; somebody passes a document, right before its title
_MEANS = regex.compile(r"通过(?!了?$)|(?<![^,:、])通过")


def relation_of(view: str, start: int, end: int, rule: Rule, tokens: Tokens) -> str | None:
    """The last verb before the citation in its sentence that governs it, outside other titles and brackets; behind
    将, 对, 把 the first one behind it (对《办法》进行修订); else one that describes it (甲局制定的《办法》)."""
    before = view[max(0, start - _REACH) : start]
    before = before[max(before.rfind(mark) for mark in "。;\n") + 1 :]
    plain = _INSIDE.sub("", _TITLE.sub(_TITLED, before))
    if _HANDLED.search(plain):
        listed = _LIST.match(view, end)
        rest = regex.split("[,。;\n]", view[listed.end() if listed else end :][:_BEHIND])[0]
        formal = _FORMAL.search(rest)
        found = rule.pattern.search(rest, formal.end() if formal else 0)
        if found:
            return str(found["word"])
    near = plain[-_NEAR:]
    edges = _edges(near, tokens)
    described: str | None = None
    for found in reversed(list(rule.pattern.finditer(near))):
        if found.end() not in edges or _MEANS.match(near, found.start()):
            continue
        if near[: found.start()].endswith("关于"):
            # 根据甲局关于印发《乙》的通知: the name of a notice, unless nothing else governs
            described = described or str(found["word"])
            continue
        if not _ATTRIBUTE.match(near, found.end()):
            return str(found["word"])
        if described is None and _ATTRIBUTE.fullmatch(near, found.end()):
            described = str(found["word"])
    return described


def _edges(text: str, tokens: Tokens) -> set[int]:
    """Where a word ends: 研究 in 研究生 is no verb."""
    return {word.end for word in tokens.cut(text)}
