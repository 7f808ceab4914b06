"""Words in a document that speak to a model instead of a reader, in English and French.

What is looked for is narrow on purpose: a library of orders, directives and telegrams is full of
imperatives, and a warning that is often wrong is not read. A miss costs little, as no text of a
document is ever followed.
"""

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import unquote

Kind = Literal["instruction", "mark", "encoded"]

_I = re.IGNORECASE | re.MULTILINE
_MODEL = (
    r"(?:(?-i:\bAIs?\b|\bA\.I\.|\bLLMs?\b)|(?:large\s+)?language\s+models?|chat\s?bots?|chat\s?gpt"
    r"|(?:digital|virtual|automated|AI)\s+(?:assistants?|agents?|models?|systems?"
    r"|summari[sz]ers?))"
)
_MODELE = (
    r"(?:(?-i:\bIA\b)|intelligences?\s+artificielles?|modèles?\s+de\s+langage"
    r"|assistants?\s+(?:(?-i:IA)|virtuels?|numériques?|conversationnels?)"
    r"|(?:agents?|robots?)\s+conversationnels?)"
)
_DIRE = r"(?:répondre|dire|ignorer|écrire|citer|affirmer|taire)"
_SAY = r"(?:ignore|say|reply|answer|respond|output|write|state|include|cite|refuse|tell|follow)"

# A pattern is only tried on a text that holds one of the words before it.
_PATTERNS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (tuple(words.split("|")), re.compile(pattern, _I))
    for words, pattern in (
        (
            "ignore|disregard|forget|override|bypass",
            r"\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|every|the|your|of|these"
            r"|those|my)\s+){0,4}(?:previous|prior|earlier|preceding|above|system|original|initial)"
            r"\s+(?:\w+\s+){0,2}?(?:instructions?|prompts?)\b",
        ),
        (
            "ignore|disregard|forget|override|bypass",
            r"\b(?:ignore|disregard|forget|override|bypass)\s+(?:all|any|your|every)\s+(?:\w+\s+)"
            r"{0,3}?(?:rules|guidelines|directives|instructions|restrictions)\b(?!\s+of\b)",
        ),
        (
            "ignore|disregard|forget",
            r"\b(?:ignore|disregard|forget)\s+(?:everything|all|anything)\s+(?:of\s+the\s+)?"
            r"(?:above|before\s+this|(?:that\s+)?you\s+(?:were|have\s+been|know|read|learnt))",
        ),
        (
            "you are|you’re|you're",
            r"\byou(?:\s+are|[’']re)\s+(?:now|no\s+longer)\s+(?:\w+\s+){0,4}?(?:(?-i:AI|DAN|LLM)"
            r"|assistant|chatbot|model|jailbroken|unrestricted|developer\s+mode)\b",
        ),
        (
            " mode",
            r"\b(?:enter|enable|activate|switch\s+(?:in)?to)\s+(?:developer|debug|god|(?-i:DAN)"
            r"|jailbreak|unrestricted)\s+mode\b",
        ),
        ("prompt", r"\b(?:system|hidden|initial|developer)\s+prompt\b"),
        (
            "your",
            r"\b(?:reveal|print|repeat|output|disclose|show|leak|recite)\s+(?:me\s+)?your\s+"
            r"(?:\w+\s+){0,2}?(?:prompt|instructions|system\s+message|configuration)\b",
        ),
        (
            "prompt",
            r"\b(?:reveal|print|repeat|output|disclose|show|leak|recite)\s+(?:me\s+)?the\s+"
            r"(?:full|whole|entire|complete|exact|original)\s+prompt\b",
        ),
        (
            "model|chat|assistant|agent|AI|A.I.|LLM|summari",
            r"\b(?:attention|notes?|messages?|instructions?|notice|important|directives?)\b"
            rf"(?:\s+(?:to|for))?[\s,:–—-]+(?:all\s+|any\s+|the\s+)?{_MODEL}",
        ),
        (
            "you are a",
            rf"\b(?:if|when|since|as)\s+you\s+are\s+(?:an?\s+)(?:{_MODEL}|assistant\b)",
        ),
        (
            "model|chat|assistant|agent|AI|LLM",
            rf"(?:{_MODEL}|\bthe\s+assistant),?\s+(?:must|should|shall|please|you\s+must)\s+"
            rf"(?:now\s+|always\s+|never\s+|not\s+|only\s+)?{_SAY}\b",
        ),
        (
            "the user",
            r"\b(?:do\s+not|don[’']t|never|without)\s+(?:tell|inform|warn|alert|mention|reveal)"
            r"(?:ing)?\s+(?:(?:this|it|that)\s+to\s+)?the\s+user\b",
        ),
        (
            "repl|respon|answer|output",
            r"\b(?:reply|respond|answer|output)\s+(?:only\s+with|with\s+only|with\s+exactly|exactly"
            r"\b\s*:|(?:to\s+)?(?:every|all|any)\s+questions?\s+(?:with|by)"
            r"|with\s+the\s+(?:single\s+)?(?:words?|phrase)\b)",
        ),
        (
            "your",
            r"\b(?:(?:begin|start|end|preface)\s+(?:your|every|each)\s+(?:answer|reply|response)\s+"
            r"with|in\s+your\s+(?:answer|reply|response|summary),?\s+(?:include|add|cite|insert|say)"
            r"|(?:in|to)\s+your\s+(?:answer|reply|response),?\s+(?:the\s+)?(?:link|image))\b",
        ),
        ("NOT IN THE LIBRARY", r"(?-i:\bNOT IN THE LIBRARY\b)"),
        (
            "instructions|consignes|règles|directives",
            r"\b(?:ignore[zr]?|oublie[zr]?|néglige[zr]?|ne\s+(?:tiens|tenez)\s+(?:pas|plus)\s+compte"
            r"|fai(?:s|tes)\s+abstraction)\s+(?:(?:de\s+|d[’'])?(?:toutes?|les|des|ces|tes|vos)\s+)*"
            r"(?:instructions?|consignes|règles|directives)\s+(?:\w+\s+){0,2}?(?:précédentes?"
            r"|antérieures?|ci-dessus|initiales?|du\s+système|reçues|données)",
        ),
        (
            "tu es|vous êtes",
            r"\b(?:tu\s+es|vous\s+êtes)\s+(?:désormais|maintenant|à\s+présent)\s+(?:\w+\s+){0,3}?"
            rf"(?:{_MODELE}|assistant|modèle|(?-i:DAN)|sans\s+restrictions?)",
        ),
        (
            "système|systeme",
            r"\b(?:invite|prompt|consignes?)\s+(?:du\s+)?syst[èe]me\b",
        ),
        (
            "invite|prompt|instructions|consignes",
            r"\b(?:rév[èé]le|affiche|rép[èé]te|montre|divulgue|récite)[zr]?[\s-]+(?:moi\s+)?(?:ton|ta|tes"
            r"|votre|vos)\s+(?:\w+\s+){0,2}?(?:invite|prompt|instructions|consignes)\b",
        ),
        (
            "IA|artificielle|langage|assistant|conversationnel",
            r"\b(?:notes?|avis|messages?|instructions?|attention|consignes?)\s+(?:aux?|à"
            r"\s+l[’']attention\s+(?:des?|de\s+l[’'])|pour\s+(?:les?|l[’']|toute)|destinée?s?\s+aux?)"
            rf"\s*{_MODELE}",
        ),
        (
            "l’assistant|l'assistant|IA|modèle",
            rf"(?:\bl[’']assistant|{_MODELE})\s+(?:doit|devra|doivent)\s+(?:toujours\s+)?{_DIRE}\b",
        ),
        (
            "utilisateur",
            r"\bne\s+(?:dis|dites|révèle[sz]?|mentionne[sz]?|signale[sz]?)\s+(?:rien|pas|jamais)\b"
            r"[^.\n]{0,40}?à\s+l[’']utilisateur\b",
        ),
        (
            "réponds|répondez",
            r"\b(?:réponds|répondez)\s+(?:uniquement|seulement|exactement|toujours|à\s+toutes?\s+"
            r"(?:les\s+)?questions?)\s+(?:par|que|avec)\b",
        ),
    )
)
_MARK = re.compile(
    r"<\|[a-z_]{2,24}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</?(?:passages?|system|"
    r"assistant|instructions)>|^\W{0,4}system\s+(?:message|prompt|override|instruction)s?\s*[:\]]"
    r"|^#{2,4}\s*(?:system|instruction|assistant|human)s?\s*:?\s*$",
    _I,
)
_BASE64 = re.compile(r"(?<![\w+/])(?:[A-Za-z0-9+/_-]{16,}\s?){1,400}[A-Za-z0-9+/_-]*={0,2}")
_HEX = re.compile(r"(?<!\w)(?:[0-9a-fA-F]{2}[\s:]?){24,8000}")
_PERCENT = re.compile(r"(?:[\w.+-]*%[0-9a-fA-F]{2}){8,2000}[\w.+-]*")
_LEAST_ENCODED = 32  # characters
_MOST_RUNS = 500
# "ignore", "disregard", "instruction" and "system prompt", thirteen letters on.
_ROTATED = re.compile(r"\b(?:vtaber|qvfertneq|vafgehpgvbaf?|flfgrz cebzcg)\b", re.IGNORECASE)
_MIXED = re.compile(
    r"[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]"
    r"|[\uff21-\uff5a\U0001d400-\U0001d7ff]"
)
_ALIKE = dict(
    zip("аеорсухіјѕԁԛԝАВЕКМНОРСТХІαοεινρτ", "aeopcyxijsdqwABEKMHOPCTXIaoeivpt", strict=True)
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A place `[start, end)` that speaks to a model; `words` are those a reader would see."""

    kind: Kind
    start: int
    end: int
    words: str


def spoken(text: str) -> list[Spoken]:
    """The places of the text that speak to a model, in order, none inside another."""
    plain = _unmasked(text)
    found = [*_plainly(plain), *_encoded(text)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Spoken] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _plainly(text: str) -> Iterator[Spoken]:
    lowered = text.lower()
    for words, pattern in _PATTERNS:
        # A word in capitals is looked for as it is: "AI" is in too many others.
        if any(word in (lowered if word.islower() else text) for word in words):
            for match in pattern.finditer(text):
                yield Spoken("instruction", match.start(), match.end(), match[0])
    for match in _MARK.finditer(text):
        yield Spoken("mark", match.start(), match.end(), match[0])


def _encoded(text: str) -> Iterator[Spoken]:
    if _ROTATED.search(text):
        turned = codecs.encode(text, "rot13")
        yield from (Spoken("encoded", one.start, one.end, one.words) for one in _plainly(turned))
    for pattern, decode in ((_BASE64, _base64), (_HEX, _hex), (_PERCENT, unquote)):
        for i, match in enumerate(pattern.finditer(text)):
            if i >= _MOST_RUNS:
                break
            if len(match[0]) < _LEAST_ENCODED:
                continue
            said = next(_plainly(decode(match[0])), None)
            if said is not None:
                yield Spoken("encoded", match.start(), match.end(), said.words)


def _base64(run: str) -> str:
    letters = "".join(run.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        data = base64.b64decode(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return ""
    return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-8", "ignore")


def _hex(run: str) -> str:
    digits = re.sub(r"[\s:]", "", run)
    return bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("utf-8", "ignore")


def _unmasked(text: str) -> str:
    """The text, of the same length, with letters that only look Latin as what they look like."""
    return text.translate(_looks()) if _MIXED.search(text) else text


@cache
def _looks() -> dict[int, str]:
    styled = [*range(0xFF01, 0xFF5F), *range(0x1D400, 0x1D800)]
    plain = {code: unicodedata.normalize("NFKC", chr(code)) for code in styled}
    single = {code: letter for code, letter in plain.items() if len(letter) == 1}
    return single | {ord(letter): alike for letter, alike in _ALIKE.items()}
