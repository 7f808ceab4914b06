"""A conversation as a Word briefing note, its quotations as footnotes."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from api.answer_schemas import CitationOut
from api.conversation_schemas import ConversationOut, TurnOut
from api.export import source_of, struck_in

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MARKER = re.compile(r"\s?\[(\d+)\]")
# XML 1.0 has no place for these, and Word refuses a file with one.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


def as_word(conversation: ConversationOut, marking: str | None = None) -> bytes:
    """The conversation as a `.docx` file: each question a heading, each citation a footnote.

    `marking` is that of the whole, which every page bears at its head and its foot.
    """
    document = Document()
    for margin in (document.sections[0].header, document.sections[0].footer) if marking else ():
        banner = margin.paragraphs[0]
        banner.alignment = WD_ALIGN_PARAGRAPH.CENTER
        banner.add_run(_writable(marking or "")).bold = True
    notes = _Footnotes()
    document.core_properties.title = _writable(conversation.title)
    document.core_properties.author = "Attaché"
    document.add_heading(_writable(conversation.title), level=0)
    for turn in conversation.items:
        _add_turn(document, turn, notes)
    notes.attach(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_turn(document: WordDocument, turn: TurnOut, notes: "_Footnotes") -> None:
    answer = turn.answer
    document.add_heading(_writable(turn.question), level=1)
    said = f"As of {answer.as_of:%d %B %Y, %H:%M} UTC."
    if answer.marking:
        document.add_paragraph().add_run(_writable(answer.marking)).bold = True
    document.add_paragraph().add_run(said).italic = True
    cited = {citation.marker: citation for citation in answer.citations}
    for block in answer.answer.split("\n"):
        if block.strip():
            item = block.startswith("- ")
            style = "List Bullet" if item else None
            paragraph = document.add_paragraph(style=style)
            for i, piece in enumerate(_pieces(block.removeprefix("- "), struck_in(answer))):
                _add_text(paragraph, piece, cited, notes)
                if i % 2:
                    paragraph.runs[-1].font.strike = True


def _pieces(text: str, struck: Sequence[str]) -> list[str]:
    """The text around what is struck through and that, in turn."""
    if not struck:
        return [text]
    return re.split(f"~~({'|'.join(map(re.escape, struck))})~~", text)


def _add_text(
    paragraph: Paragraph, text: str, cited: dict[int, CitationOut], notes: "_Footnotes"
) -> None:
    """The words, with a footnote in place of each marker."""
    at = 0
    for match in _MARKER.finditer(text):
        citation = cited.get(int(match.group(1)))
        if citation is None:
            continue
        paragraph.add_run(_writable(text[at : match.start()]))
        notes.refer(paragraph, citation)
        at = match.end()
    paragraph.add_run(_writable(text[at:]))


class _Footnotes:
    """The part of a Word file that holds its footnotes, which python-docx does not make."""

    def __init__(self) -> None:
        self._root = etree.Element(qn("w:footnotes"), nsmap={"w": _W})
        for number, kind in _SEPARATORS:
            note = etree.SubElement(self._root, qn("w:footnote"))
            note.set(qn("w:type"), kind)
            note.set(qn("w:id"), str(number))
            run = etree.SubElement(etree.SubElement(note, qn("w:p")), qn("w:r"))
            etree.SubElement(run, qn(f"w:{kind}"))
        self._count = 0

    def refer(self, paragraph: Paragraph, citation: CitationOut) -> None:
        """Adds a footnote and its number at the end of a paragraph."""
        self._count += 1
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._count))
        run._r.append(reference)  # noqa: SLF001  # python-docx has no name for it
        note = etree.SubElement(self._root, qn("w:footnote"))
        note.set(qn("w:id"), str(self._count))
        holder = etree.SubElement(note, qn("w:p"))
        number = etree.SubElement(holder, qn("w:r"))
        raised = etree.SubElement(etree.SubElement(number, qn("w:rPr")), qn("w:vertAlign"))
        raised.set(qn("w:val"), "superscript")
        etree.SubElement(number, qn("w:footnoteRef"))
        for words in _said(citation):
            text = etree.SubElement(etree.SubElement(holder, qn("w:r")), qn("w:t"))
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = _writable(words)

    def attach(self, document: WordDocument) -> None:
        """Puts the footnotes into the file."""
        data = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = document.part.package
        name = PackURI("/word/footnotes.xml")
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, data, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _said(citation: CitationOut) -> Iterator[str]:
    quote = " ".join(citation.quote.split())
    yield f" “{quote}” "
    yield f"{'; '.join(source_of(citation))}."


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
