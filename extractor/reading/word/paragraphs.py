"""The text of a Word paragraph as it stands once all tracked changes are accepted.

Comes in: elements of a paragraph (w:p). Goes out: stretches of text with their raw positions, and what hangs on the
paragraph (text boxes, notes). Insertions and moved-in text stay; deletions, moved-out text, hidden text, instructions
of fields, placeholders and phonetic guides are dropped: each takes its raw positions and is on record with a reason.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import regex

from extractor.datamodel.offsets import Repair
from extractor.reading.word.fields import counts, drawn
from extractor.reading.word.numbering import Styles
from extractor.reading.word.package import is_on, named, number, value
from extractor.reading.word.symbols import symbol

_VAL, _FONT, _CHAR, _ID = named("w:val"), named("w:font"), named("w:char"), named("w:id")
_FIELD_TYPE, _MARK_FOLLOWS = named("w:fldCharType"), named("w:customMarkFollows")
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_SPACE_OF_SOURCE = regex.compile(r"[ \t]*[\r\n][\s]*")
_PRIVATE = regex.compile(r"[\ue000-\uf8ff]")
DELETED, HIDDEN, PLACEHOLDER = "tracked deletion", "hidden text", "placeholder"
_INSTRUCTION, _PHONETIC, _MARK = "field instruction", "phonetic guide", "mark of a note"
_LITERAL = {
    named("w:tab"): "\t",
    named("w:ptab"): "\t",
    named("w:br"): "\n",
    named("w:cr"): "\n",
    named("w:noBreakHyphen"): "-",
    named("w:softHyphen"): "\u00ad",
}
_TEXT = frozenset(named(name) for name in ("w:t", "m:t"))
_TEXT_DELETED = named("w:delText")
_OF_FIELDS = frozenset(named(name) for name in ("w:instrText", "w:delInstrText"))
_GONE = frozenset(named(name) for name in ("w:del", "w:moveFrom"))
_COME = frozenset(named(name) for name in ("w:ins", "w:moveTo"))
_NOTES = {named("w:footnoteReference"): "footnotes", named("w:endnoteReference"): "endnotes"}
_PICTURES = frozenset(named(name) for name in ("w:drawing", "w:pict", "w:object"))
_PROPERTIES = frozenset(
    named(name) for name in ("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr", "w:smartTagPr", "w:fldData")
)
_RUN, _CHOICE, _FALLBACK = named("w:r"), named("mc:Choice"), named("mc:Fallback")
_BOX = named("w:txbxContent")


@dataclass(slots=True)
class _Field:
    """A complex field that has begun: its instruction, and whether its result has begun."""

    instruction: str = ""
    result: bool = False


@dataclass(slots=True)
class Paragraph:
    """Text of a paragraph in stretches: (raw position, text), none of them adjacent. A line break is \\n."""

    pieces: list[tuple[int, str]] = field(default_factory=list)
    label: str = ""
    boxes: list[Any] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The stretches put together."""
        return "".join(text for _, text in self.pieces)

    def put(self, at: int, text: str) -> None:
        """Append a stretch."""
        if self.pieces:
            start, before = self.pieces[-1]
            if start + len(before) == at:
                self.pieces[-1] = (start, before + text)
                return
        self.pieces.append((at, text))


@dataclass(slots=True)
class Record:
    """Raw positions handed out so far, what was dropped, how much of what (characters by reason, other counts)."""

    at: int = 0
    dropped: list[Repair] = field(default_factory=list)
    characters: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def drop(self, text: str, reason: str) -> None:
        """Pass over text that does not stay."""
        if not text:
            return
        end = self.at + len(text)
        if self.dropped and self.dropped[-1].raw_end == self.at:
            self.dropped[-1] = Repair("dropped", self.dropped[-1].raw_start, end)
        else:
            self.dropped.append(Repair("dropped", self.at, end))
        self.characters[reason] += len(text)
        self.at = end


class Inline:
    """Reads what stands inside paragraphs; fields that span paragraphs keep their state between them."""

    def __init__(self, record: Record, styles: Styles) -> None:
        self._record = record
        self._styles = styles
        self._fields: list[_Field] = []
        self._broken: set[Any] = set()

    def begin_story(self, root: Any) -> None:
        """Look at the fields of a part (body, notes): one that never ends hides nothing."""
        self._fields.clear()
        open_fields: list[Any] = []
        for mark in root.iter(named("w:fldChar")):
            if any(parent.tag in _GONE for parent in mark.iterancestors()):
                continue
            if mark.get(_FIELD_TYPE) == "begin":
                open_fields.append(mark)
            elif mark.get(_FIELD_TYPE) == "end" and open_fields:
                open_fields.pop()
        self._broken = set(open_fields)

    def read(self, paragraph: Any, into: Paragraph, reason: str | None = None) -> None:
        """Read an element's content into `into`; with a `reason` all of its text is dropped."""
        if reason is None and self._styles.hides:
            properties = paragraph.find(named("w:pPr"))
            style = value(properties, "w:pStyle") or self._styles.default
            hidden = self._styles.is_hidden(style)
        else:
            hidden = False
        self._children(paragraph, into, reason, hidden)

    def _children(self, element: Any, into: Paragraph, reason: str | None, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == _RUN:
                self._run(child, into, reason, hidden)
            elif tag in _TEXT:
                self._text(child, into, reason)
            elif tag not in _PROPERTIES:
                self._other(child, tag, into, reason, hidden)

    def _run(self, run: Any, into: Paragraph, reason: str | None, hidden: bool) -> None:
        properties = run.find(named("w:rPr"))
        if properties is not None:
            switch = is_on(properties, "w:vanish")
            if switch is None and self._styles.hides:
                switch = self._styles.is_hidden(value(properties, "w:rStyle")) or None
            hidden = hidden if switch is None else switch
        if hidden and reason is None:
            reason = HIDDEN
        self._children(run, into, reason, hidden)

    def _text(self, element: Any, into: Paragraph, reason: str | None) -> None:
        text = element.text or ""
        if "\n" in text or "\r" in text:
            # white space of a source that was set out for the eye
            text = _SPACE_OF_SOURCE.sub(" ", text)
            text = text if element.get(_PRESERVE) == "preserve" else text.strip(" ")
        text = text.replace("\t", " ")
        if _PRIVATE.search(text):
            fonts = element.find(f"../{named('w:rPr')}/{named('w:rFonts')}")
            font = fonts.get(named("w:ascii"), "") if fonts is not None else ""
            text = _PRIVATE.sub(lambda found: symbol(font, ord(found[0])), text)
        self._put(text, into, reason)

    def _put(self, text: str, into: Paragraph, reason: str | None) -> None:
        if not reason and self._fields and not all(one.result for one in self._fields):
            reason = _INSTRUCTION
        if reason:
            self._record.drop(text, reason)
        elif text:
            into.put(self._record.at, text)
            self._record.at += len(text)

    def _other(self, child: Any, tag: str, into: Paragraph, reason: str | None, hidden: bool) -> None:
        if tag in _LITERAL:
            self._put(_LITERAL[tag], into, reason)
        elif tag == _TEXT_DELETED:
            self._record.drop(child.text or "", DELETED)
        elif tag in _GONE:
            self._gone(child, into)
        elif tag in _COME:
            self._record.counts["tracked insertions taken"] += 1
            self._children(child, into, reason, hidden)
        elif tag in _PICTURES:
            self._picture(child, into, reason)
        elif tag in _NOTES:
            self._note(child, _NOTES[tag], into, reason)
        elif (rule := _RULES.get(tag)) is not None:
            rule(self, child, into, reason, hidden)
        elif tag in _OF_FIELDS:
            if self._fields and reason is None:
                self._fields[-1].instruction += child.text or ""
        elif len(child):
            # hyperlinks, smart tags, fields in one element, custom XML, mathematics: what they hold is text
            self._children(child, into, reason, hidden)

    def _gone(self, element: Any, into: Paragraph) -> None:
        # fields inside are whole or count for nothing: their marks must not touch the state outside
        kept, self._fields = self._fields, []
        self._children(element, into, DELETED, False)
        self._fields = kept

    def _picture(self, element: Any, into: Paragraph, reason: str | None) -> None:
        boxes = _boxes(element)
        if reason is None and boxes:
            into.boxes += boxes
        elif reason is not None:
            for box in boxes:
                self._children(box, into, reason, False)
        if reason is None and not boxes:
            into.diagrams += [one.get(named("r:dm"), "") for one in element.iter(named("dgm:relIds"))]
            self._record.counts["charts not read"] += element.find(f".//{named('c:chart')}") is not None
            self._record.counts["pictures"] += 1

    def _note(self, element: Any, kind: str, into: Paragraph, reason: str | None) -> None:
        name = element.get(_ID)
        if name is None or reason:
            return
        into.notes.append((kind, name))
        if element.get(_MARK_FOLLOWS) in ("1", "true", "on"):
            # the rest of the run is the mark
            for sibling in element.itersiblings(*_TEXT):
                self._record.drop(sibling.text or "", _MARK)
                sibling.text = ""

    def _alternate(self, element: Any, into: Paragraph, reason: str | None, hidden: bool) -> None:
        """One of several ways to draw the same: the first that gives something."""
        before = (self._record.at, len(into.boxes), len(into.diagrams))
        for choice in element:
            if choice.tag in (_CHOICE, _FALLBACK):
                self._children(choice, into, reason, hidden)
                if before != (self._record.at, len(into.boxes), len(into.diagrams)):
                    return

    def _content_control(self, element: Any, into: Paragraph, reason: str | None, hidden: bool) -> None:
        content = element.find(named("w:sdtContent"))
        if content is not None:
            self._children(content, into, reason or placeholder(element), hidden)

    def _field_mark(self, element: Any, into: Paragraph, reason: str | None, hidden: bool) -> None:
        kind = element.get(_FIELD_TYPE)
        if kind == "begin" and element not in self._broken:
            self._fields.append(_Field())
            self._form(element, into, reason)
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.result:
                self._put(drawn(ended.instruction), into, reason)
                self._record.counts["numbering fields without a number"] += counts(ended.instruction)

    def _form(self, element: Any, into: Paragraph, reason: str | None) -> None:
        """Old form fields show a tick or a chosen entry that stands in no run."""
        data = element.find(named("w:ffData"))
        if data is None:
            return
        outer, self._fields = self._fields, self._fields[:-1]
        box, menu = data.find(named("w:checkBox")), data.find(named("w:ddList"))
        if box is not None:
            ticked = is_on(box, "w:checked")
            ticked = is_on(box, "w:default") if ticked is None else ticked
            self._put("☑" if ticked else "□", into, reason)
        elif menu is not None:
            entries = menu.findall(named("w:listEntry"))
            at = number(value(menu, "w:result")) or 0
            if 0 <= at < len(entries):
                self._put(entries[at].get(_VAL, ""), into, reason)
        self._fields = outer

    def _symbol(self, element: Any, into: Paragraph, reason: str | None, hidden: bool) -> None:
        try:
            code = int(element.get(_CHAR, ""), 16)
        except ValueError:
            code = 0xFFFD
        self._put(symbol(element.get(_FONT, ""), code), into, reason)

    def _ruby(self, element: Any, into: Paragraph, reason: str | None, hidden: bool) -> None:
        for child in element:
            if child.tag == named("w:rt"):
                self._children(child, into, _PHONETIC, False)
            elif child.tag == named("w:rubyBase"):
                self._children(child, into, reason, hidden)

    def _fraction(self, element: Any, into: Paragraph, reason: str | None, hidden: bool) -> None:
        for at, child in enumerate(part for part in element if part.tag != named("m:fPr")):
            if at:
                self._put("/", into, reason)
            self._children(child, into, reason, hidden)


_RULES = {
    named("mc:AlternateContent"): Inline._alternate,
    named("w:sdt"): Inline._content_control,
    named("w:fldChar"): Inline._field_mark,
    named("w:sym"): Inline._symbol,
    named("w:ruby"): Inline._ruby,
    named("m:f"): Inline._fraction,
}


def placeholder(control: Any) -> str | None:
    """The reason to drop the content of a control that nobody has filled in (单击此处输入文字); else None."""
    return PLACEHOLDER if is_on(control.find(named("w:sdtPr")), "w:showingPlcHdr") else None


def _boxes(element: Any) -> list[Any]:
    """Text boxes of a drawing, one way of drawing only, without those inside another."""
    found: list[Any] = []
    for child in element:
        if child.tag == _BOX:
            found.append(child)
        elif child.tag == named("mc:AlternateContent"):
            for choice in child:
                inner = _boxes(choice)
                if inner:
                    found += inner
                    break
        else:
            found += _boxes(child)
    return found
