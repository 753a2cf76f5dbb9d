"""Languages of what people read: messages, help, headers and descriptions in English or Chinese.

Code speaks English; `zh.txt` beside this file (`zh_desk.txt` for pages) says it in Chinese, looked up when it is printed. What is kept in tables
(error codes, details, findings) stays as it is, so that equal input gives equal bytes in any language.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "zh")
# what gettext reads, the strongest first
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_DETAIL = re.compile(r"\[(?P<code>E\d{3})\] (?P<finding>.*?)(?: → (?P<remedy>.*))?", re.DOTALL)
# the command and the tables; the pages of the desk
_COMMAND, _PAGES = "zh.txt", "zh_desk.txt"
_chosen = "en"


def choose(language: str | None, environment: Mapping[str, str]) -> str:
    """The language that is asked for, else that of the locale: zh where it is Chinese. It holds for the process."""
    global _chosen
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    _chosen = language if language in LANGUAGES else "zh" if locale.lower().startswith("zh") else "en"
    return _chosen


def chosen() -> str:
    """The language of this process."""
    return _chosen


def say(text: str) -> str:
    """The text in the chosen language, line by line; English where nobody has put it into another.

    >>> say("no such file"), chinese("no such file")
    ('no such file', '没有这个文件')
    """
    return text if _chosen == "en" else chinese(text)


def chinese(text: str) -> str:
    """The text in Chinese."""
    if "\n" in text:
        return _line(" ".join(text.split())) or "\n".join(map(chinese, text.split("\n")))
    indent = text[: len(text) - len(text.lstrip())]
    return indent + (_line(text.strip()) or _clauses(text.strip()))


def say_detail(detail: str) -> str:
    """An error's line: code and place as they are, finding and remedy in the chosen language."""
    return detail if _chosen == "en" else chinese_detail(detail)


def chinese_detail(detail: str) -> str:
    """An error's line with finding and remedy in Chinese."""
    found = _DETAIL.fullmatch(detail)
    if found is None:
        return detail
    # place: finding. Either may hold a colon: the longest tail that is known is the finding
    parts = found["finding"].split(": ")
    tails = ((at, _line(": ".join(parts[at:]))) for at in range(len(parts)))
    at, what = next(((at, known) for at, known in tails if known), (0, found["finding"]))
    place = f"{': '.join(parts[:at])}: " if at else ""
    remedy = f" → {chinese(found['remedy'])}" if found["remedy"] else ""
    return f"[{found['code']}] {place}{what}{remedy}"


def say_finding(text: str) -> str:
    """What a check does or what a finding says, in the chosen language."""
    return text if _chosen == "en" else chinese_of_pages(text)


def chinese_of_pages(text: str) -> str:
    """The text in Chinese as pages say it: a word there may mean another thing than in the header of a column."""
    return _line(text.strip(), _PAGES) or chinese(text)


def _line(text: str, catalogue: str = _COMMAND) -> str | None:
    """What the catalogue has for the text; None if nothing."""
    exact, patterns = _catalogue(catalogue)
    if text in exact:
        return exact[text]
    for pattern, template in patterns:
        found = pattern.fullmatch(text)
        if found:
            return template.format("", *(_filled(part, catalogue) for part in found.groups()))
    return None


def _filled(part: str, catalogue: str) -> str:
    """What stands in a gap: an error's line, a list of messages (3 extracted, 1 failed), a message, or a name."""
    if part.startswith("[E"):
        return chinese_detail(part)
    # a single word is a name, though it may be a header elsewhere
    known = [_line(word, catalogue) if " " in word else None for word in part.split(", ")]
    return "，".join(word for word in known if word is not None) if None not in known else part


def _clauses(text: str) -> str:
    """A description clause by clause, if any is known."""
    clauses = text.split("; ")
    known = [_line(clause) for clause in clauses]
    return "；".join(other or clause for other, clause in zip(known, clauses, strict=True)) if any(known) else text


@cache
def _catalogue(name: str) -> tuple[dict[str, str], Sequence[tuple[re.Pattern[str], str]]]:
    """Whole texts, and patterns for those with gaps: the most words first, so that the narrowest fits."""
    exact: dict[str, str] = {}
    gapped: list[tuple[str, str]] = []
    for line in (files("extractor.languages") / name).read_text(encoding="utf-8").splitlines():
        english, arrow, other = line.partition(" ⇒ ")
        if not arrow or line.startswith("#"):
            continue
        if "{}" in english:
            gapped.append((english, other))
        else:
            exact[english] = other
    gapped.sort(key=lambda pair: -len(pair[0].replace("{}", "")))
    return exact, [(_pattern(english), _template(other)) for english, other in gapped]


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, english.split("{}"))), re.DOTALL)


def _template(other: str) -> str:
    """`{}` in order becomes `{1}`, `{2}`; numbered gaps stay."""
    parts = other.split("{}")
    return "".join(part + (f"{{{at}}}" if at < len(parts) else "") for at, part in enumerate(parts, 1))
