"""The markup of a page as a tree, however broken, and what its head says."""

import re

from lxml import etree, html

from assistant.errors import NoTextError, SourceUnreadableError

TOO_DEEP = "is nested too deeply. Save the page as plain text or PDF."

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Characters that no XML may hold, written out or by their number; the tree would refuse them later.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]+"
    "|&#(?:0*(?:[0-8]|1[124-9]|2\\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef]|d[89a-f]..));",
    re.IGNORECASE,
)
# Tags that pages are nested by beyond measure, and that lose little when they go.
_BLOCK_TAG = re.compile(
    r"</?(?:div|center|section|article|main|aside|blockquote|form|fieldset|figure)\b[^>]*>", re.I
)
_INLINE_TAG = re.compile(
    r"</?(?:span|font|a|b|i|u|em|strong|small|big|tt|sub|sup|bdo|bdi|ins|del|nobr)\b[^>]*>", re.I
)


def parse(markup: str) -> html.HtmlElement:
    """The tree of a page or fragment, however broken.

    Raises:
        NoTextError: it is empty.
        SourceUnreadableError: its elements lie too deep in one another.
    """
    markup = _XML_DECLARATION.sub("", _FORBIDDEN.sub("", markup), count=1)
    tree, is_cut = _tree(markup, html.HTMLParser(encoding="utf-8"))
    if not is_cut:
        return tree
    plainer = _BLOCK_TAG.sub("<p>", _INLINE_TAG.sub(" ", markup))
    tree, is_cut = _tree(plainer, html.HTMLParser(encoding="utf-8", huge_tree=True))
    if is_cut:
        raise SourceUnreadableError(TOO_DEEP)
    return tree


def _tree(markup: str, parser: html.HTMLParser) -> tuple[html.HtmlElement, bool]:
    """The tree, and whether the parser dropped what is nested more deeply than it follows."""
    try:
        # Bytes, because a str that names another encoding than its own is refused.
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise NoTextError("holds no text. Ingest a version of it that has text.") from error
    except (etree.LxmlError, ValueError) as error:
        raise SourceUnreadableError(f"is damaged: {error}. Save the page again.") from error
    return tree, any("depth" in entry.message for entry in parser.error_log)


def said_by(tree: html.HtmlElement) -> dict[str, str]:
    """What the head says: meta elements by name, the title, the language."""
    said = {
        str(meta.get("name") or meta.get("property")).lower(): str(meta.get("content") or "")
        for meta in tree.iter("meta")
        if meta.get("name") or meta.get("property")
    }
    title = tree.find(".//title")
    if title is not None and title.text_content().strip():
        said["title"] = str(title.text_content())
    said["lang"] = str(tree.get("lang") or said.get("language") or "")
    return said
