"""Whom a passage calls absent no sentence has there."""

import pytest

from assistant.grounding.absence import absent

LISTED = (
    "Carver met his advisers at the lodge. Notably absent from the meeting were Secretary of State "
    "William Norton and Assistant for Trade Henry Bright."
)
UNABLE = (
    "The Riga Conference was a meeting between President Carver and Minister Holm in Riga. While "
    "Premier Joseph Bright received an invitation, he was unable to attend because of the war."
)


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        ("Bright attended the meeting at the lodge.", LISTED, True),
        ("William Norton took part in the meeting.", LISTED, True),
        ("Carver and Bright met at the lodge.", LISTED, True),
        ("The meeting was attended by Norton.", LISTED, True),
        ("Bright was at the Riga Conference.", UNABLE, True),
        ("Bright met Carver and Holm in Riga.", UNABLE, True),
        ("Bright attended the fair.", "Holm came, but Bright and Norton did not attend.", True),
        ("Carver attended the meeting at the lodge.", LISTED, False),
        ("Bright did not attend the meeting.", LISTED, False),
        ("Bright was unable to attend.", UNABLE, False),
        ("Carver met Holm in Riga.", UNABLE, False),
        ("Holm attended the fair.", "Holm came, but Bright and Norton did not attend.", False),
        # Who is meant by "he" is open, and who missed one was at another.
        ("Holm attended the fair.", "Holm invited Bright, but he was unable to attend.", False),
        (
            "Bright attended the fair.",
            "Bright was not invited in May. He attended the fair.",
            False,
        ),
    ],
)
def test_who_was_absent_was_not_there(sentence: str, span: str, wrong: bool) -> None:
    assert bool(absent(sentence, span)) == wrong
