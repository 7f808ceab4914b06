"""A question about an act that nothing tells in its own word, in the words that are put for it."""

from dataclasses import replace

from assistant.answers.question import QuestionForm
from assistant.grounding.meanings import wordings_of


def put_otherwise(form: QuestionForm) -> QuestionForm | None:
    """The form with the words for the act that a writer may put in its place; None without any.

    "When did Velm stop being protected?" is told by when its protection was suspended.
    """
    act = form.act
    if act is None or act.titled:
        return None
    keys = act.keys.union(*map(wordings_of, act.keys))
    return None if keys == act.keys else replace(form, act=replace(act, keys=keys))
