"""OFD: text with its places, tables, templates, seals; files that are refused."""

import zipfile
from hashlib import sha256
from io import BytesIO

import pytest

from extractor.datamodel.document import Document
from extractor.datamodel.span import Span
from extractor.errors import DamagedFile, NoPages, NoTextLayer, UnsupportedFormat
from extractor.reading import describe, read

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
FULL = "全面推进依法行政工作取得明显成效各项任务按期完成群众满意度提升好"


def words(text: str, x: float, y: float, *, size: float = 4.2, more: str = "") -> str:
    """A line of text as office programs write it: a step for each character but the last."""
    steps = f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject Boundary="{x} {y} 180 6" Font="1" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size * 0.9}" {steps}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject Boundary="{x0} {y0} {x1 - x0 + 0.1} {y1 - y0 + 0.1}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd(*pages: str, template: str = "", **parts: str) -> bytes:
    """A file of these pages; `template` stands under each."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        made.writestr("OFD.xml", f"<ofd:OFD {NAMES}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
                                 "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>")  # fmt: skip
        listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
        made.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {NAMES}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            '</ofd:PageArea><ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        body = "<ofd:Page {}>{}<ofd:Content><ofd:Layer>{}</ofd:Layer></ofd:Content></ofd:Page>"
        made.writestr("Doc_0/Tpls/Tpl_0/Content.xml", body.format(NAMES, "", template))
        for at, inner in enumerate(pages):
            under = '<ofd:Template TemplateID="9" ZOrder="Background"/>' if template else ""
            made.writestr(f"Doc_0/Pages/Page_{at}/Content.xml", body.format(NAMES, under, inner))
        for name, text in parts.items():
            made.writestr(name, text)
    return raw.getvalue()


def reading(data: bytes, name: str = "a.ofd") -> Document:
    return read(describe(name, data, sha256(data).hexdigest()), data)


def test_paragraphs_over_lines_and_pages_are_joined_and_lead_back_to_their_places() -> None:
    first = words(FULL, 31.2, 250) + words(FULL[:30] + "本年", 31.2, 257)
    document = reading(ofd(first, words("办结12件。", 31.2, 30)))
    assert document.text == FULL + FULL[:30] + "本年办结12件。"
    places = document.places_of(Span(document.text.index("本年"), len(document.text) - 1))
    assert [place.page for place in places] == [1, 2]
    assert places[1].x0 == pytest.approx(31.2 * 72 / 25.4, abs=0.1)
    assert places[1].top == pytest.approx(30 * 72 / 25.4, abs=1)


def test_a_drawn_grid_is_a_table() -> None:
    rows = [["领域", "立案", "结案"], ["城市管理", "12", "10"], ["农业农村", "3", "2"]]
    inner = "".join(words(text, 32 + 40 * c, 52 + 10 * r) for r, row in enumerate(rows) for c, text in enumerate(row))
    inner += "".join(line(30, 50 + 10 * at, 150, 50 + 10 * at) for at in range(4))
    inner += "".join(line(30 + 40 * at, 50, 30 + 40 * at, 80) for at in range(4))
    document = reading(ofd(words("一、办理情况", 31, 30) + inner))
    assert [document.quote(cell.span) for cell in document.tables[0].cells] == [text for row in rows for text in row]
    assert document.text.startswith("一、办理情况\n领域\t立案\t结案\n")


def test_a_template_stands_under_its_pages_and_its_running_head_falls_out() -> None:
    document = reading(ofd(words("一、甲", 31, 40), words("二、乙", 31, 40), template=words("青石镇人民政府", 90, 10)))
    assert document.text == "一、甲\n二、乙"
    assert "2 running head lines dropped" in document.warnings


def test_slanted_and_invisible_words_are_left_out() -> None:
    inner = words("一、甲", 31, 40) + words("内部资料", 60, 150, more='CTM="0.7 -0.7 0.7 0.7 0 0"')
    inner += words("受理901件", 31, 60, more='Visible="false"')
    document = reading(ofd(inner))
    assert document.text == "一、甲"
    assert "4 slanted or turned characters left out" in document.warnings


def test_steps_one_by_one_and_several_codes() -> None:
    code = '<ofd:TextCode X="0" Y="4" DeltaX="4.2 4.2 2.1">办结12</ofd:TextCode><ofd:TextCode X="13" Y="4">件。</ofd:TextCode>'
    inner = f'<ofd:TextObject Boundary="31 40 100 6" Size="4.2">{code}</ofd:TextObject>'
    assert reading(ofd(inner)).text == "办结12件。"


def test_what_is_wrong_with_a_file_is_reported() -> None:
    with pytest.raises(NoPages):
        reading(ofd())
    with pytest.raises(NoTextLayer):
        reading(ofd('<ofd:ImageObject Boundary="0 0 210 297" ResourceID="5"/>'))
    with pytest.raises(DamagedFile):
        reading(ofd("<ofd:TextObject"))
    with pytest.raises(DamagedFile, match="document type"):
        reading(_typed())
    with pytest.raises(UnsupportedFormat, match="PDF or OFD"):
        reading(b"\x00\x01\x02\xff" * 90, "a.ceb")


def _typed() -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        made.writestr("OFD.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return raw.getvalue()
