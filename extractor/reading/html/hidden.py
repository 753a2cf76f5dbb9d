"""Which elements of a web page no one sees: by their own style, by the rules of the page's own `<style>`, struck out.

Comes in: the tree. Goes out: the elements that hide all below them, each with the reason. Of style sheets only what
hides is read: names, classes, ids, and elements below others; a selector with anything else (`:hover`, `[href]`, sheets
for print or for a width of the screen) hides nothing, as we cannot tell whether it holds. Nothing calls itself.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.reading.html.tree import Node, Text

HIDDEN, STRUCK = "hidden", "struck out"
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
# enough for any page; a forged sheet must not take time for each element
_MOST_RULES = 4000
_FEW_RULES = 200
_MOST_PARTS = 6
_HIGHEST = 60
_COMMENT = regex.compile(r"/\*.*?(?:\*/|$)|<!--|-->", regex.S)
_RULE = regex.compile(r"([^{};]+)\{([^{}]*)\}")
_AT_RULE = regex.compile(r"@[^{;]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\}?)")
_SCREEN = regex.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*\{((?:[^{}]|\{[^{}]*\})*)\}?", regex.I)
_COMPOUND = regex.compile(r"(?P<tag>[\w-]+|\*)?(?P<names>(?:[.#][\w-]+)*)")
_NAME = regex.compile(r"[.#][\w-]+")
# a star before a name is for browsers of old
_DECLARATION = regex.compile(r"(?<![*\w-])([\w-]+)\s*:\s*([^;]*)")
_LENGTH = regex.compile(r"^(-?[0-9]*\.?[0-9]+)\s*(px|pt|em|rem|cm|mm|in|%)?$")
_CLIPPED = regex.compile(r"rect\(\s*0|rect\(\s*1px[\s,]+1px[\s,]+1px|inset\(\s*(?:50|100)%")
_MOVED = regex.compile(r"translate(?:x|y|3d)?\(\s*-[0-9]{4,}|scale\(\s*0(?:\.0+)?\s*[,)]")
_KEPT = frozenset(
    "display visibility opacity font-size text-indent position left right top margin-left clip clip-path transform "  # noqa: SIM905
    "overflow width height text-decoration text-decoration-line".split()
)
_FAR = -999.0
# of a letter, in points
_LEAST_SIZE = 1.5


@dataclass(frozen=True, slots=True)
class _Compound:
    """An element of a selector: its tag, its classes and ids (`.a`, `#b`); `direct`: it is the parent of the next."""

    tag: str
    names: tuple[str, ...]
    direct: bool = False

    def fits(self, node: Node, names: frozenset[str]) -> bool:
        return self.tag in ("", "*", node.tag) and names.issuperset(self.names)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a selector says; `rank` orders rules that speak of the same element."""

    rank: tuple[int, int, int, int]
    parts: tuple[_Compound, ...]
    declared: dict[str, tuple[str, bool]]


def unseen(root: Node) -> dict[int, str]:
    """The reason of each element that hides what is below it, by the element's identity."""
    rules = _by_key(_rules(root))
    found: dict[int, str] = {}
    waiting: list[tuple[Node, tuple[tuple[Node, frozenset[str]], ...]]] = [(root, ())]
    while waiting:
        node, above = waiting.pop()
        names = _names(node)
        reason = _reason(node, _styled(node, names, above, rules))
        if reason:
            found[id(node)] = reason
            continue
        below = ((node, names), *above[: _HIGHEST - 1]) if rules else ()
        waiting.extend((child, below) for child in node.children if isinstance(child, Node))
    return found


def looks_at_rules(root: Node) -> int:
    """How many times a rule must be held against an element; 0 for a page with few rules."""
    rules = _by_key(_rules(root))
    if sum(map(len, rules.values())) < _FEW_RULES:
        return 0
    return sum(len(rules.get(key, ())) for node in root.nodes() for key in (*_names(node), node.tag, "*"))


def _names(node: Node) -> frozenset[str]:
    classes = node.attributes.get("class", "").split()
    ids = node.attributes.get("id", "").split()
    return frozenset([*("." + name for name in classes), *("#" + name for name in ids)])


def _rules(root: Node) -> Iterator[_Rule]:
    count = 0
    for sheet in root.nodes():
        if sheet.tag != "style" or not regex.match(r"(?i)\s*(?:all|screen|$)", sheet.attributes.get("media", "")):
            continue
        text = _COMMENT.sub(" ", "".join(one.text for one in sheet.children if isinstance(one, Text)))
        text = _AT_RULE.sub(" ", _SCREEN.sub(r"\1", text))
        for found in _RULE.finditer(text):
            declared = _declared(found[2])
            for selector in found[1].split(",") if declared else ():
                parts = _selector(selector)
                count += 1
                if count > _MOST_RULES:
                    return
                if parts:
                    names = [name for part in parts for name in part.names]
                    ids = sum(name[0] == "#" for name in names)
                    tags = sum(part.tag not in ("", "*") for part in parts)
                    yield _Rule((ids, len(names) - ids, tags, count), parts, declared)


def _selector(text: str) -> tuple[_Compound, ...]:
    """The elements of a selector, the last first; none if it holds what we do not know."""
    parts: list[_Compound] = []
    direct = False
    for word in text.replace(">", " > ").split():
        if word == ">":
            direct = True
            continue
        found = _COMPOUND.fullmatch(word)
        if found is None or len(parts) == _MOST_PARTS:
            return ()
        if direct and parts:
            parts[-1] = _Compound(parts[-1].tag, parts[-1].names, direct=True)
        direct = False
        parts.append(_Compound((found["tag"] or "").lower(), tuple(_NAME.findall(found["names"]))))
    return tuple(reversed(parts))


def _declared(text: str) -> dict[str, tuple[str, bool]]:
    """Properties that may hide: value in lower case, whether it is important."""
    found: dict[str, tuple[str, bool]] = {}
    for name, value in _DECLARATION.findall(text):
        bare = value.lower().strip()
        important = bare.endswith("!important")
        if name.lower() in _KEPT:
            found[name.lower()] = (bare.removesuffix("!important").strip(), important)
    return found


def _by_key(rules: Iterator[_Rule]) -> dict[str, list[_Rule]]:
    """Rules by a name or the tag that their element has; none if no rule hides anything."""
    made = list(rules)
    found: dict[str, list[_Rule]] = defaultdict(list)
    if not any(_reason_of(rule.declared) for rule in made):
        return found
    for rule in made:
        last = rule.parts[0]
        found[last.names[0] if last.names else last.tag or "*"].append(rule)
    return found


def _styled(
    node: Node,
    names: frozenset[str],
    above: tuple[tuple[Node, frozenset[str]], ...],
    rules: dict[str, list[_Rule]],
) -> dict[str, tuple[str, bool]]:
    """What holds for the element: the strongest rule for each property, its own style before all but the important."""
    fitting = [
        rule
        for key in (*names, node.tag, "*") if rules
        for rule in rules.get(key, ())
        if _fits(rule.parts, node, names, above)
    ]  # fmt: skip
    held: dict[str, tuple[str, bool]] = {}
    for rule in sorted(fitting, key=lambda rule: rule.rank):
        _overlay(held, rule.declared)
    if style := node.attributes.get("style"):
        _overlay(held, _declared(style))
    return held


def _overlay(held: dict[str, tuple[str, bool]], declared: dict[str, tuple[str, bool]]) -> None:
    for name, (value, important) in declared.items():
        if important or not held.get(name, ("", False))[1]:
            held[name] = (value, important)


def _fits(
    parts: tuple[_Compound, ...], node: Node, names: frozenset[str], above: tuple[tuple[Node, frozenset[str]], ...]
) -> bool:
    if not parts[0].fits(node, names):
        return False
    at = 0
    for part in parts[1:]:
        while at < len(above) and not part.fits(*above[at]):
            if part.direct:
                return False
            at += 1
        if at == len(above):
            return False
        at += 1
    return True


def _reason(node: Node, held: dict[str, tuple[str, bool]]) -> str | None:
    if node.tag in _STRUCK_TAGS:
        return STRUCK
    if "hidden" in node.attributes:
        return HIDDEN
    return _reason_of(held)


def _reason_of(held: dict[str, tuple[str, bool]]) -> str | None:
    """Why an element with these properties is not seen."""
    declared = {name: value for name, (value, _) in held.items()}
    if "line-through" in declared.get("text-decoration", "") + declared.get("text-decoration-line", ""):
        return STRUCK
    gone = declared.get("display") == "none" or declared.get("visibility") in ("hidden", "collapse")
    return HIDDEN if gone or _no_ink(declared) or _far_off(declared) else None


def _no_ink(declared: dict[str, str]) -> bool:
    opacity, size = _length(declared.get("opacity")), _length(declared.get("font-size"))
    if (opacity is not None and opacity <= 0.01) or (size is not None and size < _LEAST_SIZE):
        return True
    if _MOVED.search(declared.get("transform", "")):
        return True
    if _CLIPPED.search(declared.get("clip", "") + declared.get("clip-path", "")):
        return declared.get("position") in ("absolute", "fixed") or "clip-path" in declared
    # a hundredth of the height is an old way to make a block hold its floats
    sides = [
        _length(side) for side in (declared.get("width"), declared.get("height")) if side and not side.endswith("%")
    ]
    shut = "hidden" in declared.get("overflow", "") or "clip" in declared.get("overflow", "")
    return shut and any(side is not None and side <= 1 for side in sides)


def _far_off(declared: dict[str, str]) -> bool:
    moved = ["text-indent"]
    if declared.get("position") in ("absolute", "fixed", "relative"):
        moved += ["left", "right", "top"]
    # a block in the middle of the page is moved by half of its width
    return any((_length(declared.get(name)) or 0.0) <= _FAR for name in moved) or (
        (_length(declared.get("margin-left")) or 0.0) <= 2 * _FAR
    )


def _length(value: str | None) -> float | None:
    """A number with or without a unit; points and their like count as they stand, ems sixteen-fold.

    >>> _length("-999em"), _length("0"), _length("auto")
    (-15984.0, 0.0, None)
    """
    found = _LENGTH.match(value or "")
    if found is None:
        return None
    return float(found[1]) * (16 if found[2] in ("em", "rem") else 1)
