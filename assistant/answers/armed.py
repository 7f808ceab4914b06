"""What is asked of armed forces: their branches, or how large they are."""

from assistant.answers.question import Expected, QuestionForm
from assistant.answers.words import stems

MILITARY = stems("military")
"""The one word for armed forces, the army and the military."""
BRANCH = stems("branch")
STRENGTH = stems("personnel strength")

_ARMED = stems("armed forces"), stems("army")
_MADE_UP_OF = stems("consist comprise compose component composition make up")
_SIZE = stems("size strength personnel soldier troop man men people person member serve active")


def of_the_military(asked: frozenset[str]) -> frozenset[str]:
    """The stems of a question with one word for armed forces, and the branch for what is in them.

    "What does the army consist of?" asks for its branches.
    """
    for armed in _ARMED:
        asked = asked - armed | MILITARY if armed <= asked else asked
    if asked >= MILITARY and asked & _MADE_UP_OF:
        asked = asked - _MADE_UP_OF | BRANCH
    return asked


def asks_strength(form: QuestionForm, asked: frozenset[str], joins: frozenset[str]) -> bool:
    """Whether it is asked how large forces are: "How many people serve in the army?".

    `asked` are the stems of what is asked of them, `joins` those that any measure is asked with.
    """
    told = of_the_military(asked)
    counts = form.expected is Expected.QUANTITY or bool(told & _SIZE)
    return counts and MILITARY <= told <= MILITARY | _SIZE | joins
