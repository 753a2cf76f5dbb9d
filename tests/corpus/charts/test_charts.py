"""Charts: plain specifications with their data, gaps and units kept, and glyphs that are really drawn."""

import json
import struct
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageFont

from extractor.cli import main
from extractor.corpus.charts import KINDS
from extractor.corpus.charts.drawing import FONTS, draw
from extractor.corpus.charts.specs import FONT, ChartRequest
from extractor.errors import BadConfig, BadQuery, UnknownRow
from extractor.tables.store import Store

ONE = ("bars", "trend", "small-multiples")


def request_of(folder: Path, kind: str, **values: Any) -> ChartRequest:
    return ChartRequest(Store(folder), **({"indicators": ("disputes_mediated",)} if kind in ONE else {}), **values)


def ink(path: Path) -> int:
    """Bytes of a PNG's lines that are not those of white."""
    data, at, body = path.read_bytes(), 8, b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            body += data[at + 8 : at + 8 + length]
        at += length + 12
    counts = Counter(zlib.decompress(body))
    return sum(counts.values()) - counts[255] - counts[0]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_a_plain_specification_and_a_picture(sample_tables: Path, tmp_path: Path, kind: str) -> None:
    spec = KINDS[kind](request_of(sample_tables, kind))
    assert spec["$schema"].endswith("vega-lite/v5.json")
    assert json.loads(json.dumps(spec)) == spec
    assert spec["config"]["font"] == FONT
    draw(spec, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    draw(spec, tmp_path / "a.svg")
    assert "</svg>" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_chinese_glyphs_are_drawn(tmp_path: Path) -> None:
    def written(text: str) -> int:
        spec = {
            "data": {"values": [{"t": text}]},
            "mark": {"type": "text", "font": FONT, "fontSize": 40},
            "encoding": {"text": {"field": "t"}},
            "width": 400,
            "height": 80,
        }
        draw(spec, tmp_path / "a.png")
        return ink(tmp_path / "a.png")

    # many strokes leave more ink than few; a font without glyphs draws none, or one box for all
    assert written("一一一一") > written("") + 50
    assert written("矛盾纠纷") > 2 * written("一一一一")
    assert written("麟麟麟麟") != written("盾盾盾盾")


def test_the_font_has_general_characters_and_those_of_all_places(root: Path) -> None:
    (file,) = FONTS.glob("*.otf")
    font = ImageFont.truetype(str(file), 20)
    missing = bytes(font.getmask("\ue000"))
    names = {mark for path in (root / "patterns" / "gazetteers").glob("*.csv") for mark in path.read_text("utf-8-sig")}
    assert len(names) > 3000
    assert [mark for mark in names if ord(mark) > 0x2E7F and bytes(font.getmask(mark)) == missing] == []
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_bars_are_ranked_and_silent_places_are_left_out(sample_tables: Path) -> None:
    spec = KINDS["bars"](request_of(sample_tables, "bars", years=(2021,)))
    values = [row["value"] for row in spec["data"]["values"]]
    assert values == sorted(values, reverse=True)
    assert len(values) == 6
    assert "2021" in spec["title"]["text"]


@pytest.mark.parametrize(
    ("kind", "values", "fault"),
    [
        ("bars", {"indicators": ()}, BadQuery),
        ("trend", {"indicators": ("disputes_mediated", "cases_handled")}, BadQuery),
        ("trend", {"indicators": ("publicity_audience",)}, BadQuery),
        ("bars", {"indicators": ("nothing",)}, UnknownRow),
        ("bars", {"indicators": ("disputes_mediated",), "years": (1999,)}, BadQuery),
        ("heatmap", {"counties": ("nowhere",)}, BadQuery),
        ("promises", {"years": (1999,)}, BadQuery),
        ("network", {"years": (1999,)}, BadQuery),
        ("network", {"counties": ("nowhere",)}, BadQuery),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    sample_tables: Path, kind: str, values: dict[str, Any], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        KINDS[kind](ChartRequest(Store(sample_tables), **values))


def test_one_of_several_units_is_drawn_where_it_is_chosen(sample_tables: Path, tmp_path: Path) -> None:
    arguments = ["chart", str(sample_tables), "--kind", "bars", "--indicator", "publicity_audience", "--unit", "人次"]
    with pytest.raises(SystemExit) as left:
        main([*arguments, "-o", str(tmp_path / "a.json")])
    assert not left.value.code
    spec = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert spec["data"]["values"]
    with pytest.raises(BadConfig):
        draw({}, tmp_path / "a.pdf")
