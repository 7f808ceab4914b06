"""An encoder whose tokens are words and whose vectors are of the words' letters."""

from collections.abc import Sequence


class WordEncoder:
    """A `TextEncoder` for tests that count tokens; its vectors have four dimensions."""

    name = "words"

    def __init__(self, max_tokens: int = 256) -> None:
        self.max_tokens = max_tokens

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        raw = [1.0 + text.count(letter) for letter in "aeio"]
        length = sum(value * value for value in raw) ** 0.5
        return [value / length for value in raw]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]
