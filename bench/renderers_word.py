"""The report of `renderers` as Word files: numbers as list formatting, and what LibreOffice makes of such a file.

Comes in: nothing. Goes out: DOCX whose 一、 and （一） stand in numbering.xml only, and the same converted to .doc, .rtf,
.odt and back to DOCX by LibreOffice; a long DOCX for the clock; a DOCX that has one of everything, for fuzzing.
"""

import shutil
import subprocess
import tempfile
import zipfile
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import regex
from renderers import HEAD, TABLE, paragraphs, plain_text

_MARK = regex.compile(r"^(?:[一二三]、|（[一二三]）)")
_NUMBERING = (
    '<w:abstractNum xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:abstractNumId="{0}">'
    '<w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="Heading1"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>'
    '<w:lvlText w:val="（%2）"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
)
_NUM = (
    '<w:num xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:numId="{0}">'
    '<w:abstractNumId w:val="{0}"/></w:num>'
)
_LIST_ID = 77
_EVERYTHING = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml">
<w:pPr><w:rPr><w:ins w:id="1" w:author="a"/></w:rPr></w:pPr>
<w:ins w:id="2" w:author="a"><w:r><w:t>新增</w:t></w:r></w:ins><w:del w:id="3"><w:r><w:delText>删去</w:delText></w:r></w:del>
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第三节</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:tab/><w:br/><w:noBreakHyphen/></w:r>
<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>占位</w:t></w:r></w:sdtContent></w:sdt>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:hyperlink w:anchor="b"><w:r><w:t>链接</w:t></w:r></w:hyperlink>
<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>
<w:txbxContent><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>框</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""


def _document() -> Any:
    """A python-docx document whose styles of headings carry the numbers."""
    import docx
    from docx.oxml import parse_xml

    made = docx.Document()
    numbering = made.part.numbering_part.element
    numbering.insert(0, parse_xml(_NUMBERING.format(_LIST_ID)))
    numbering.append(parse_xml(_NUM.format(_LIST_ID)))
    made.sections[0].header.paragraphs[0].text = HEAD
    properties = made.styles["Heading 1"].element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = _LIST_ID
    return made


def lists_docx(times: int = 1, *, everything: bool = False) -> bytes:
    """Headings numbered by style (一、) and by paragraph (（一）): no marker stands in a run."""
    from docx.oxml import parse_xml

    made = _document()
    body = paragraphs()
    for _ in range(times):
        for kind, text in body:
            if kind == "table":
                _table(made)
                continue
            style = {"h1": "Heading 1", "title": None}.get(kind)
            paragraph = made.add_paragraph(_MARK.sub("", text), style=style)
            if kind == "h2":
                numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                numbers.get_or_add_numId().val, numbers.get_or_add_ilvl().val = _LIST_ID, 1
    if everything:
        element = parse_xml(_EVERYTHING)
        for at in (1, 3, 5):
            made.element.body.insert(at, deepcopy(element))
    raw = BytesIO()
    made.save(raw)
    return raw.getvalue()


def _table(made: Any) -> None:
    grid = made.add_table(rows=len(TABLE), cols=3, style="Table Grid")
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            grid.cell(row, column).text = cell
    grid.cell(0, 1).merge(grid.cell(0, 2)).text = TABLE[0][1]
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = TABLE[0][0]


def converted(suffix: str) -> bytes | None:
    """The file with list numbers as LibreOffice writes it; None where there is no LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.docx").write_bytes(lists_docx())
        command = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", suffix]
        command += ["--outdir", f"{folder}/out", f"{folder}/a.docx"]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return Path(folder, "out", f"a.{suffix}").read_bytes()


def small_ofd() -> bytes:
    """An OFD of two pages with a template, lines of text and a grid."""
    names = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    lines = [text for text in plain_text().split("\n") if "\t" not in text][:12]
    texts = "".join(
        f'<ofd:TextObject Boundary="30 {40 + 7 * at} 160 6" Size="4.2"><ofd:TextCode X="0" Y="4" DeltaX="g 29 4.2">'
        f"{line[:30]}</ofd:TextCode></ofd:TextObject>"
        for at, line in enumerate(lines)
    )
    rules = "".join(
        f'<ofd:PathObject Boundary="30 150 120 30"><ofd:AbbreviatedData>M {a} {b} L {c} {d}</ofd:AbbreviatedData></ofd:PathObject>'
        for a, b, c, d in [(0, y, 120, y) for y in (0, 10, 20, 30)] + [(x, 0, x, 30) for x in (0, 40, 80, 120)]
    )
    page = f"<ofd:Page {names}>{{}}<ofd:Content><ofd:Layer>{{}}</ofd:Layer></ofd:Content></ofd:Page>"
    root = f"<ofd:OFD {names}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    document = (
        f"<ofd:Document {names}><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        '<ofd:TemplatePage ID="9" BaseLoc="Tpl/Content.xml"/><ofd:Pages><ofd:Page ID="1" BaseLoc="P1/Content.xml"/>'
        '<ofd:Page ID="2" BaseLoc="P2/Content.xml"/></ofd:Pages></ofd:Document>'
    )
    under = '<ofd:Template TemplateID="9"/>'
    parts = {
        "OFD.xml": root,
        "Doc_0/Document.xml": document,
        "Doc_0/Tpl/Content.xml": page.format("", texts[: texts.index("</ofd:TextObject>") + 17]),
        "Doc_0/P1/Content.xml": page.format(under, texts + rules),
        "Doc_0/P2/Content.xml": page.format(under, texts),
    }
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return raw.getvalue()
