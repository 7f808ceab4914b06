"""What the product says of an answer itself, in its reader's language.

The API says it in English, with a code and a pattern for each sentence (`AnswerOut.phrases`).
"""

from api.answer_schemas import AnswerOut, SentenceOut
from ui.markup import esc
from ui.reasons import render_reason
from ui.words import MONTHS, Words

NAMED = (*MONTHS, "percent")
"""Values that are no words of a document."""

_ABSTAINS = (
    "The library does not answer this question.",
    "The library holds nothing on this question.",
    "The library knows of more than one ",
    "This does not say what it is about.",
)


def arriving(text: str) -> str:
    """What is shown of an answer that arrives: of an abstention nothing, which looks otherwise."""
    return "" if text.startswith(_ABSTAINS) else text


def translated(say: Words, answer: AnswerOut, text: str) -> str:
    """A text of the product's own in the reader's language, by the codes of its sentences.

    Empty where one of them has none, as in answers that were kept before there were codes.
    """
    if say.language == "en":
        return text
    said: list[str] = []
    while text := text.lstrip():
        one = max(
            (each for each in answer.phrases if text.startswith(each.text)),
            key=lambda each: len(each.text),
            default=None,
        )
        if one is None:
            return ""
        values = {name: _value(say, value) for name, value in one.values.items()}
        said.append(say(one.pattern, **values))
        text = text[len(one.text) :]
    return " ".join(said)


def said_of_it(say: Words, answer: AnswerOut) -> str:
    """An abstention's own words: the API's in English, else what its sentences or outcome mean."""
    if say.language == "en" or answer.outcome == "courtesy":
        return answer.answer
    said = translated(say, answer, answer.answer.partition("\n\n")[0]) or _meaning(say, answer)
    if answer.outcome == "not_answered" and answer.phrases:
        return f"{said}\n\n{searched_in(say, answer)}"
    return said


def searched_in(say: Words, answer: AnswerOut) -> str:
    """Which part of the library was searched in vain."""
    narrowed = answer.filters
    either = f" {say('or')} "
    named = [
        ("issued by {names}", narrowed.issuers),
        ("in {names}", narrowed.folders),
        ("marked {names}", narrowed.markings),
        ("in the language {names}", narrowed.languages),
    ]
    parts = [say(words, names=either.join(names)) for words, names in named if names]
    if narrowed.published_from:
        parts.append(say("published from {day}", day=say.day(narrowed.published_from)))
    if narrowed.published_to:
        parts.append(say("published to {day}", day=say.day(narrowed.published_to)))
    count = len(narrowed.document_ids)
    which = say.count(count, "{n} chosen document", "{n} chosen documents")
    if not count:
        which = say("documents") if parts else say("all documents")
    told = f"{which} ({', '.join(parts)})" if parts else which
    return say("Searched: {what}.", what=told)


def remarks_of(say: Words, answer: AnswerOut) -> tuple[str, str]:
    """The answer's text without the remarks at its end, and these in the reader's language."""
    if say.language == "en" or not (answer.missing or answer.disagreements):
        return answer.answer, ""
    last = max((one.end for one in answer.sentences), default=0)
    at = answer.answer.find("\n\n", last)
    part = say("A part of the question is not answered.")
    said = list(dict.fromkeys(translated(say, answer, one) or part for one in answer.missing))
    for one in answer.disagreements:
        first, second = (f"[{marker}]" for marker in one.citations[:2])
        about = say(one.about)
        said.append(
            say("The sources differ on {about}: {a} and {b}.", about=about, a=first, b=second)
        )
        if one.later is not None:
            said.append(say("{marker} is the later one.", marker=f"[{one.later}]"))
    return (answer.answer if at < 0 else answer.answer[:at]), " ".join(said)


def render_note(say: Words, answer: AnswerOut) -> str:
    """Why another answerer than the configured one answered, or how it was searched, if told."""
    if not answer.note:
        return ""
    if said := translated(say, answer, answer.note):
        return f'<p class="note">{esc(said)}</p>'
    return render_reason(say, answer.note, "This answer comes with a remark.")


def problem_of(say: Words, answer: AnswerOut, problem: str | None) -> str:
    """What is wrong with a sentence; that nothing supports it where that is not told."""
    said = translated(say, answer, problem or "")
    return said or say("No source in the library supports this sentence")


def sentences_of(say: Words, answer: AnswerOut) -> list[SentenceOut]:
    """The answer's sentences, with what is wrong with them in the reader's language."""
    return [
        one.model_copy(update={"problem": problem_of(say, answer, one.problem)})
        if one.verdict == "unsupported"
        else one
        for one in answer.sentences
    ]


def _meaning(say: Words, answer: AnswerOut) -> str:
    if answer.outcome == "unclear":
        if answer.readings:
            return say("The question can be read in more than one way. Is one of these meant?")
        return say(
            "It is not clear what is asked. Ask a whole question, and name what it is about."
        )
    if not answer.passages:
        return say("The library holds nothing on this question. Add documents that treat of it.")
    return say("The library does not answer this question.")


def _value(say: Words, value: str) -> str:
    """A month by its name, and several things with the reader's "or" between them."""
    named = say(value) if value in NAMED else value
    return named.replace("” or “", f"” {say('or')} “")
