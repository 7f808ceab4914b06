"""Where no sentence by itself can be quoted, what is proved of a model's answer stays."""

from pathlib import Path

import pytest

from tests.chat_server import chat_server
from tests.e2e.place import serving_here
from tests.e2e.test_model_server import OFFICE, TRUE, answered

INVENTED = "It was painted blue. A king slept there. It sells stamps [1]."


def test_what_is_proved_stays_where_no_sentence_by_itself_could_be_quoted_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.answers.finding.select", lambda *_, **__: [])
    with chat_server(lambda _: f"{TRUE} {INVENTED}") as server:
        model = {"chat_model": "m", "openai_base_url": server.url, "chat_timeout_s": 20.0}
        with serving_here(tmp_path, **model) as place:
            place.client.post("/v1/documents", files=[("files", ("office.md", OFFICE))])
            answer = answered(place.client)
            server.write = lambda _: INVENTED
            nothing = answered(place.client)
    assert answer["answered_by"] == "m"
    assert answer["answer"] == "The liaison office at Lisbon opened on 4 May 1993. [1]"
    assert nothing["outcome"] == "not_answered"
