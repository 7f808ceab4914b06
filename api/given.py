"""The answers given lately: what feedback is about, where no conversation keeps them."""

from collections import OrderedDict
from threading import Lock

from api.answer_schemas import AnswerOut

_MOST = 2000


class GivenAnswers:
    """Remembers the last answers by their id, for many threads at once."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._guard = Lock()
        self._answers: OrderedDict[tuple[str, str], AnswerOut] = OrderedDict()

    def remember(self, answer: AnswerOut, owner: str) -> None:
        """Remembers an answer and who got it, without the passages that it was found in."""
        with self._guard:
            self._answers[owner, answer.id] = answer.model_copy(update={"passages": []})
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)

    def get(self, answer_id: str, owner: str) -> AnswerOut | None:
        """The owner's answer with this id; None of one given too long ago, or to somebody else."""
        with self._guard:
            return self._answers.get((owner, answer_id))
