"""The markup of the sample texts: one source gives the report and its gold, so that they cannot disagree.

%%key: value                       about the report (region: name|code|level, issuer, years, published)
{h2:（一）:title}                    a heading: level, marker, title
[[quote|name|value|unit|options]]  an indicator; options: the approximation as written, target, change,
                                   baseline, optional (two readers may disagree), zero, skip (no indicator),
                                   part:405件 (a part of the last number before it whose quote ends so)
<<quote|code|year|serial|title>>   a cited document with its number; `title` alone: number is no 发文字号
{+sentence+}                       a commitment
@@name                             a paragraph of _snippets.txt, the boilerplate that real reports share
||a|b|c                            a row of a table
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"
_TOKEN = re.compile(
    r"\{h(?P<level>\d):(?P<marker>[^:]+):(?P<title>[^}]*)\}|\[\[(?P<indicator>[^\]]*)\]\]|<<(?P<citation>[^>]*)>>"
    r"|(?P<open>\{\+)|(?P<close>\+\})|@@(?P<snippet>[a-z]+)"
)


@dataclass
class Marked:
    """A report: what the file says, and the gold."""

    name: str
    about: dict[str, str]
    text: str
    tables: list[list[list[str]]] = field(default_factory=list)
    gold: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The heading lines of the report, joined."""
        return "".join(self.text.split("\n\n", 1)[0].split())


def snippets() -> dict[str, str]:
    """Boilerplate paragraphs by name."""
    found, name = {}, ""
    for line in (TEXTS / "_snippets.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            name = line[1:]
        else:
            found[name] = line
    return found


def names() -> list[str]:
    """Names of all texts."""
    return sorted(path.stem for path in TEXTS.glob("*-20*.txt"))


def read(name: str) -> Marked:
    """One marked text."""
    about: dict[str, str] = {}
    body = []
    for line in (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        found = re.match(r"%%(\w+): (.*)", line)
        if found:
            about[found[1]] = found[2]
        else:
            body.append(line)
    source = "\n".join(body).strip("\n") + "\n"
    for key, paragraph in snippets().items():
        half = ", 现" not in source and source.count(",") > source.count("，")
        shown = paragraph.translate(str.maketrans("，：；（）", ",:;()")) if half else paragraph
        source = source.replace(f"@@{key}", shown)
    gold: dict[str, Any] = {
        "headings": [],
        "indicators": [],
        "optional_indicators": [],
        "zero_indicators": [],
        "citations": [],
        "commitments": [],
    }
    text = _plain(source, gold)
    tables = _tables(text)
    gold["indicators"] += [entry for table in tables for entry in _table_gold(table)]
    return Marked(name, about, text, tables, gold)


def _table_gold(table: list[list[str]]) -> list[dict[str, Any]]:
    """Every number of a table: row heading and column heading name it."""
    entries = []
    for row in table[1:]:
        for heading, cell in zip(table[0][1:], row[1:], strict=True):
            unit = heading.partition("（")[2].rstrip("）")
            column = "" if heading[:2] == "20" else heading.partition("（")[0]
            entries.append(
                {
                    "name": row[0] + column,
                    "quote": cell,
                    "value": float(cell),
                    "unit": unit,
                    "approx": None,
                    "role": "actual",
                }
            )
    return entries


def _plain(source: str, gold: dict[str, Any]) -> str:
    out, at, begun = "", 0, -1
    for found in _TOKEN.finditer(source):
        out += source[at : found.start()]
        at = found.end()
        if found["level"]:
            out += _heading(found, gold)
        elif found["indicator"] is not None:
            out += _indicator(found["indicator"].split("|"), gold)
        elif found["citation"] is not None:
            out += _citation(found["citation"].split("|"), gold)
        elif found["open"]:
            begun = len(out)
        else:
            gold["commitments"].append({"quote": out[begun:]})
    out += source[at:]
    numbered = {c["title"] for c in gold["citations"]}
    for title in dict.fromkeys(re.findall("《([^》]*)》", out)):
        if title not in numbered:
            gold["citations"].append({"title": title, "number": None})
    return out


def _heading(found: "re.Match[str]", gold: dict[str, Any]) -> str:
    gold["headings"].append(
        {"level": int(found["level"]), "marker": found["marker"], "title": found["title"].rstrip("。")}
    )
    return found["marker"] + found["title"]


def _indicator(parts: list[str], gold: dict[str, Any]) -> str:
    quote, name, value, *rest = parts
    unit = rest[0] if rest else ""
    options = rest[1].split(",") if len(rest) > 1 and rest[1] else []
    if "skip" in options:
        return quote
    role = next((o for o in options if o in ("target", "change", "baseline")), "actual")
    words = [
        o
        for o in options
        if o not in ("target", "change", "baseline", "optional", "zero") and not o.startswith("part:")
    ]
    entry = {
        "name": name,
        "quote": quote,
        "value": float(value),
        "unit": unit or None,
        "approx": words[0] if words else None,
        "role": role,
    }
    for total in (o.removeprefix("part:") for o in options if o.startswith("part:")):
        entry["part_of"] = max(at for at, one in enumerate(gold["indicators"]) if one["quote"].endswith(total))
    place = (
        "zero_indicators" if entry["value"] == 0 else "optional_indicators" if "optional" in options else "indicators"
    )
    gold[place].append(entry)
    return quote


def _citation(parts: list[str], gold: dict[str, Any]) -> str:
    quote, code, year, serial, *rest = parts
    title = re.search("《(.*?)》", quote)
    entry: dict[str, Any] = {"title": title[1] if title else None, "number": None}
    if not rest:
        entry |= {
            "number": f"{code}〔{year}〕{serial}号",
            "issuer_code": code,
            "year": int(year),
            "serial": int(serial),
        }
    gold["citations"].append(entry)
    return quote


def _tables(text: str) -> list[list[list[str]]]:
    tables: list[list[list[str]]] = []
    open_ = False
    for line in text.splitlines():
        if line.startswith("||"):
            if not open_:
                tables.append([])
            tables[-1].append(line[2:].split("|"))
            open_ = True
        else:
            open_ = False
    return tables
