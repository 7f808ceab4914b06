"""Who a file's properties name as its author: somebody who may have issued it, or an account.

Programs write there who was logged in, whose machine it was or what they are called themselves.
"""

import re

_NOBODY_LIST = (
    "admin administrator anonymous author benutzer client customer default gast gebruiker guest "
    "home inconnu laptop none null office owner pc proprietario propriétaire root scan scanner "
    "system test unknown unbekannt user username usuario utente utilisateur workstation n/a acer "
    "adobe apple asus brother canon compaq dell epson fujitsu gateway hewlett-packard hp ibm "
    "ibmer konica kyocera lenovo lexmark microsoft oracle panasonic ricoh samsung sharp sony "
    "toshiba xerox acrobat calibre chromium excel ghostscript latex libreoffice openoffice "
    "openoffice.org openpyxl pandoc powerpoint python-docx python-pptx wkhtmltopdf word wordpress"
)
_NOBODY = frozenset(_NOBODY_LIST.split())
_MACHINES = re.compile(
    r"(?:adobe|dell|hewlett[- ]packard|hp|lenovo|toshiba|konica minolta|acer|compaq|apple)"
    r"(?: (?:systems|computer|inc|incorporated|corporation|corp|company|development|l\.?p|ltd"
    r"|customer|notebook|pc))*[.,]*"
    r"|microsoft(?: (?:corporation|corp\.?|office|word|windows|excel|powerpoint|\d+))*"
    r"|(?:[\w.-]+ )*(?:user|customer|utilisateur|benutzer|gebruiker|usuario|administrator)[ -]?\d*"
    r"|(?:desktop|laptop|pc|win)-\w+|.*\.(?:dll|exe|drv)\b.*|.*\b(?:distiller|pdfwriter|pdfmaker)\b.*"
    r"|\W*|\w+\(0x\w+\)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"@?[^\W_]*[\d._@\\]\S*|[a-zß-ÿ]\S*")
_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ&/-]{1,9}")


def issuer_named(author: str | None, text: str, *, stated: bool = False) -> str | None:
    """The author as an issuer; None where it is an account, a machine or a program.

    A single word is one only where it is an acronym or the text has it, too, or it is `stated` by
    whoever published it: first names and names of computers are single words as well.
    """
    if author is None or author.strip("() ").lower() in _NOBODY or _MACHINES.fullmatch(author):
        return None
    if " " in author or _ACRONYM.fullmatch(author):
        return author
    if _ACCOUNT.fullmatch(author):
        return None
    return author if stated or re.search(rf"\b{re.escape(author)}\b", text) else None
