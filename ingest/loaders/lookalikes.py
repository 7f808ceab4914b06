"""The letters a line shows, whatever characters it is made of: to compare, never to quote."""

import unicodedata

from assistant.spelling import unaccented

_GREEK = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹαεικνορτυχϲ", "ABEZHIKMNOPTYXCAEIKVOPTUXC")
_CYRILLIC = ("АВЕЅІЈКМНОРСТУХԚԜавеѕіјкмнорстухԛԝ", "ABESIJKMHOPCTYXQWABESIJKMHOPCTYXQW")
_ARMENIAN = ("ՕՏՍԼօսո", "OSULOUN")
_CHEROKEE = ("ᎪᏴᏟᎠᎬᎢᏦᏞᎷᏢᏒᏚᏙ", "ABCDEIKLMPRSV")
_LATIN = ("ıłŁøØđĐɑɡɪſʟɴᴀᴄᴅᴇɢʜᴊᴋᴍᴏᴘʀꜱᴛᴜᴠᴡᴢꜰ", "ILLOODDAGISLNACDEGHJKMOPRSTUVWZF")
_ALIKE = {
    ord(one): other
    for these, those in (_GREEK, _CYRILLIC, _ARMENIAN, _CHEROKEE, _LATIN)
    for one, other in zip(these, those, strict=True)
}
_DIGITS = str.maketrans("013457$@€£|", "OIEASTSAEEI")
_FILLERS = "\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800"
"""Letters without a shape."""
_SQUARED = {0x1F130: 26, 0x1F150: 26, 0x1F170: 26, 0x1F1E6: 26}
"""Letters in squares and circles, and those that flags are made of: the first, and how many."""


def letters(text: str) -> str:
    """The letters from A to Z that the text shows, without case, spaces and signs between them.

    Nothing where it shows letters of another kind. Digits stand for the letters they resemble only
    in words that have letters too.
    """
    folded = "".join(_letter(character) for character in _plain(text))
    words = (w.translate(_DIGITS) if any(map(str.isalpha, w)) else w for w in folded.split())
    shown = "".join(character for word in words for character in word if character.isalpha())
    return shown if shown.isascii() else ""


def _plain(text: str) -> str:
    kept = "".join(character for character in text if character not in _FILLERS)
    return unaccented(unicodedata.normalize("NFKC", kept))


def _letter(character: str) -> str:
    if character.isascii():
        return character.upper()
    for first, count in _SQUARED.items():
        if first <= ord(character) < first + count:
            return chr(ord("A") + ord(character) - first)
    return _ALIKE.get(ord(character), character.upper())
