"""The answers given lately: what feedback is about, where no conversation keeps them."""

from collections import OrderedDict
from threading import Lock

from api.schemas import AnswerOut

_MOST = 2000


class GivenAnswers:
    """Remembers the last answers by their id, for many threads at once."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._guard = Lock()
        self._answers: OrderedDict[str, AnswerOut] = OrderedDict()

    def remember(self, answer: AnswerOut) -> None:
        """Remembers an answer, without the passages that it was found in."""
        with self._guard:
            self._answers[answer.id] = answer.model_copy(update={"passages": []})
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)

    def get(self, answer_id: str) -> AnswerOut | None:
        """The answer with this id; None of one that was given too long ago, or never."""
        with self._guard:
            return self._answers.get(answer_id)
