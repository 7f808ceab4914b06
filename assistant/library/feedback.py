"""What people say of answers, in the ledger's database."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Row, delete, insert, select

from assistant.conversations import Feedback, Place
from assistant.library.database import Database
from assistant.library.schema import FeedbackRow


class FeedbackBook:
    """Feedback on answers, for many threads at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, feedback: Feedback) -> None:
        """Keeps it; a later word of the same owner on the same answer replaces the earlier."""
        correction = None if feedback.correction is None else asdict(feedback.correction)
        with self._database.write() as connection:
            connection.execute(
                delete(FeedbackRow).where(
                    FeedbackRow.answer_id == feedback.answer_id, FeedbackRow.owner == feedback.owner
                )
            )
            connection.execute(
                insert(FeedbackRow).values(
                    feedback_id=feedback.feedback_id,
                    answer_id=feedback.answer_id,
                    owner=feedback.owner,
                    at=feedback.at,
                    rating=feedback.rating,
                    reason=feedback.reason,
                    correction=correction,
                    question=feedback.question,
                    standalone_question=feedback.standalone_question,
                    answer=dict(feedback.answer),
                )
            )

    def every(self) -> Sequence[Feedback]:
        """All of it, oldest first."""
        found = select(*FeedbackRow.__table__.columns).order_by(
            FeedbackRow.at, FeedbackRow.feedback_id
        )
        with self._database.read() as connection:
            return [_feedback(row) for row in connection.execute(found)]


def _feedback(row: Row[*tuple[object, ...]]) -> Feedback:
    kept = dict(row._mapping)  # noqa: SLF001  # its public name
    place = kept.pop("correction")
    return Feedback(**kept, correction=None if place is None else Place(**place))
