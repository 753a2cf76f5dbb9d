"""Saved web pages: the article's paragraphs and tables, the fields that the page states.

Comes in: bytes of HTML, or of a page saved with its parts (MHTML). Goes out: a Document whose raw positions are code
points of the decoded source (of the page's own part). What is left out is counted in `warnings`: the page around the
article, furniture in it, hidden blocks. Refused: pages whose text is not in the file.
"""

from dataclasses import replace

import regex

from extractor.datamodel.document import Document, SourceFile
from extractor.errors import DamagedFile, PageShell, TooLarge
from extractor.reading.assemble import assemble
from extractor.reading.encoding import decoded, encoding_of, family, stated_encoding
from extractor.reading.html.article import Article, find_article, is_prose
from extractor.reading.html.hidden import looks_at_rules
from extractor.reading.html.lines import HtmlLine, Lines, lines_of
from extractor.reading.html.metadata import Fields, read_fields
from extractor.reading.html.mhtml import parts_of
from extractor.reading.html.tree import Node, parse
from extractor.reading.plain import read_plain

# a page of a report has some thousand tags, one saved by Word some ten thousand
_TAG_LIMIT = 300_000
# rules of the page's style sheets that must be asked for all of its elements together
_LOOK_LIMIT = 5_000_000
_HAN = regex.compile(r"[一-鿿]")
# a page with less text than this, and none of it running text, may be a shell
_SHELL_TEXT = 200
# beside the title: a date, the name of the site
_SHELL_REST = 10
_FILLS = regex.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|innerText|textContent|document\.write|\.(?:html|append|text|load)\(|\.mount\(|"
    r"new Vue|createApp|createRoot|ReactDOM|fetch\(|XMLHttpRequest|axios|\$\.(?:ajax|get|post|getJSON)"
)
_NEEDS_SCRIPT = regex.compile(r"(?i)(?:启用|开启|打开|支持|允许|enable|requires?)[^。]{0,12}(?:javascript|js|脚本)")


def read_html(source: SourceFile, data: bytes) -> Document:
    """The document of a saved web page; raises PageShell, UnknownEncoding, NotText, TooLarge."""
    text, notes = decoded(source, data)
    if text.count("<") > _TAG_LIMIT:
        raise _too_large(source, f"above {_TAG_LIMIT} tags")
    stated = stated_encoding(data)
    real = family(source.encoding or "")
    if stated and stated != real and not (stated.startswith("utf-16") and real.startswith("utf-16")):
        notes = (f"the page says {stated}, its bytes are {real}", *notes)
    root = parse(text)
    if all(node.tag == "root" for node in root.nodes()):
        return read_plain(source, data)
    if looks_at_rules(root) > _LOOK_LIMIT:
        raise _too_large(source, "too many rules of style for too many elements")
    found = lines_of(root)
    if found.hidden > _SHELL_TEXT and not any(is_prose(line) for line in found.lines):
        # a script would have shown the text
        found = lines_of(root, hidden=True)
        notes += ("the text is hidden until a script shows it; read all the same",)
    article = find_article(root, found.lines)
    _refuse_shell(source, root, found)
    fields = read_fields(root, found.lines, article.first, article.last)
    shown = _shown_lines(found, article, fields)
    made = assemble([raw for line in shown for raw in line.raw()])
    return Document(
        made.text,
        source,
        made.pages,
        made.offsets,
        made.tables,
        metadata=fields.values,
        warnings=notes + _warnings(found, article, shown) + made.warnings,
    )


def _too_large(source: SourceFile, what: str) -> TooLarge:
    return TooLarge(what, where=source.path, remedy="split the file; a report is far smaller")


def read_mhtml(source: SourceFile, data: bytes) -> Document:
    """The document of a page saved with its parts: of the first part that is no shell."""
    parts = parts_of(source, data)
    shell: PageShell | None = None
    for part in parts:
        encoding = encoding_of(part.data, part.charset)
        try:
            document = read_html(replace(source, encoding=encoding), part.data)
        except PageShell as fault:
            shell = shell or fault
            continue
        if document.text.strip():
            return document
    if shell is not None:
        raise shell
    raise DamagedFile("no page among the parts", where=source.path, remedy="save the page again, as HTML")


def _shown_lines(found: Lines, article: Article, fields: Fields) -> list[HtmlLine]:
    """The article's lines without those that are fields; a document number stays, as a line of its own."""
    places = {id(line): index for index, line in enumerate(found.lines)}
    kept = []
    for line in article.lines:
        if places[id(line)] in fields.lines:
            article.left_out["metadata"] += 1
        else:
            kept.append(line)
    held = "\n".join(line.text for line in kept[:15])
    numbers: list[HtmlLine] = []
    for line in fields.numbers:
        if line.text not in held and line.text not in {other.text for other in numbers}:
            numbers.append(line)
    return [*numbers, *kept]


def _warnings(found: Lines, article: Article, shown: list[HtmlLine]) -> tuple[str, ...]:
    made = []
    if listed := sum(line.numbers for line in shown):
        made.append(f"{listed} list numbers set into the text")
    if article.left_out:
        what = ", ".join(f"{count} {reason}" for reason, count in sorted(article.left_out.items()))
        made.append(f"lines left out of the article: {what}")
    if article.outside:
        made.append(f"{article.outside} characters of the page around the article left out")
    if found.hidden:
        made.append(f"{found.hidden} hidden characters left out")
    if found.struck:
        made.append(f"{found.struck} struck out characters left out")
    if found.glosses:
        made.append(f"{found.glosses} characters of glosses over words left out")
    if found.raised:
        made.append(f"{found.raised} digits set as raised ones")
    return tuple(made)


def _refuse_shell(source: SourceFile, root: Node, found: Lines) -> None:
    """Raise PageShell for a page whose text is in other files, or comes by script."""
    if any(is_prose(line) or line.cells for line in found.lines):
        return
    shown = sum(len(_HAN.findall(line.text)) for line in found.lines if line.linked < len(line.text) / 2)
    if shown > _SHELL_TEXT:
        return
    tags = {node.tag for node in root.nodes()}
    places = _elsewhere(root)
    if "frameset" in tags or ("frame" in tags and places):
        what, remedy = "a frameset: the text is in other files", "save the page inside the frame"
    elif places and shown < _SHELL_TEXT:
        what, remedy = "the text is in an inner frame or an attached file", "save what the frame shows"
    elif shown <= 60 and ("script" in tags or "noscript" in tags) and _is_script_page(root, found, shown):
        what, remedy = "a shell: the text comes by script", "open it in a browser, save the page as it is shown (MHTML)"
    else:
        return
    if places:
        what += f" ({', '.join(places[:3])})"
    raise PageShell(what, where=source.path, remedy=remedy)


def _is_script_page(root: Node, found: Lines, shown: int) -> bool:
    needs_script = any(node.tag in ("noscript", "body") and _NEEDS_SCRIPT.search(node.text()) for node in root.nodes())
    return needs_script or shown == 0 or (_only_title(root, found) and _is_filled(root))


def _only_title(root: Node, found: Lines) -> bool:
    """True if the page shows no more than its title."""
    titles = "".join(node.text() for node in root.nodes() if node.tag in ("title", "h1", "h2"))
    rest = [line.text for line in found.lines if line.linked < len(line.text) / 2 and line.text not in titles]
    return sum(len(_HAN.findall(text)) for text in rest) <= _SHELL_REST


def _is_filled(root: Node) -> bool:
    """True if a script in the page writes into it, or one in another file has an empty block to write into."""
    elsewhere = False
    for node in root.nodes():
        if node.tag == "script":
            elsewhere = elsewhere or "src" in node.attributes
            if _FILLS.search(node.text()):
                return True
    return elsewhere and any(
        node.tag in ("div", "section", "article", "main") and node.names and not node.text().strip()
        for node in root.nodes()
    )


def _elsewhere(root: Node) -> list[str]:
    """Addresses of frames and embedded documents."""
    found = []
    for node in root.nodes():
        if node.tag in ("frame", "iframe", "object", "embed"):
            address = (node.attributes.get("src") or node.attributes.get("data") or "").strip()
            if address and not address.lower().startswith(("about:", "javascript:", "data:")):
                found.append(address[:100])
    return found
