"""The answer as it is told, from a draft and what of it was proved."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from assistant.answers.disagreement import disagreements, remark
from assistant.answers.draft import Draft
from assistant.answers.remarks import searched
from assistant.grounding.prove import Proof
from assistant.phrases import phrase
from assistant.stages import Composed, ms_since
from assistant.types import Answer, Disagreement, Removed


def concluded(composed: Composed, proof: Proof, marking: str | None, prove_ms: float) -> Answer:
    """The answer with all that is said beside its proved sentences, and a name of its own."""
    retrieved, draft = composed.retrieved, composed.draft
    resolved = retrieved.resolved
    differing = disagreements(proof.citations)
    return Answer(
        answer_id=uuid4().hex,
        question=resolved.question.text,
        standalone_question=resolved.standalone.text,
        text=_text(composed, proof, differing),
        abstained=draft.abstained,
        answered_by=draft.answered_by,
        sentences=proof.sentences,
        citations=proof.citations,
        passages=retrieved.passages,
        as_of=resolved.as_of,
        marking=marking,
        prompt_version=draft.prompt_version,
        timings_ms={
            "total": ms_since(resolved.asked_at),
            "understand": resolved.understand_ms,
            "retrieve": retrieved.retrieve_ms,
            "prove": prove_ms,
        },
        note=_note(composed, proof),
        confidence=draft.confidence,
        outcome="partly_answered" if draft.missing else draft.outcome,
        missing=draft.missing,
        readings=draft.readings,
        disagreements=differing,
        removed=tuple(map(Removed, proof.left_out, proof.removed)),
        filters=resolved.question.filters,
    )


def unproved(proof: Proof, draft: Draft) -> str:
    """Why another answer is given in the place of a draft."""
    if not proof.carried:
        return phrase("nothing-proved", name=draft.answered_by)
    return phrase("little-proved", all=proof.written, name=draft.answered_by, some=proof.carried)


def _text(composed: Composed, proof: Proof, differing: Sequence[Disagreement]) -> str:
    """What was proved, and below it what is missing, what differs and what was searched."""
    draft = composed.draft
    said = [*draft.missing, *(remark(one, proof.citations) for one in differing)]
    if draft.outcome == "not_answered":
        said.append(searched(composed.retrieved.resolved.question))
    return "\n\n".join(filter(None, (proof.text, " ".join(said))))


def _note(composed: Composed, proof: Proof) -> str | None:
    """How it was searched and what became of the draft; None where nothing is to be told."""
    retrieved, draft = composed.retrieved, composed.draft
    said = (
        retrieved.lacking,
        _searched_for(retrieved.mended),
        draft.note or _removal(proof.removed, draft.answered_by),
    )
    return " ".join(filter(None, said)) or None


def _searched_for(mended: Mapping[str, str]) -> str | None:
    said = (phrase("respelled", meant=meant, word=word) for word, meant in mended.items())
    return " ".join(said) or None


def _removal(removed: Sequence[str], answered_by: str) -> str | None:
    if not removed:
        return None
    code = "one-left-out" if len(removed) == 1 else "several-left-out"
    return " ".join((phrase(code, n=len(removed), name=answered_by), *dict.fromkeys(removed)))
