"""txtai's hybrid index."""

import numpy as np
from numpy.typing import NDArray
from txtai import Embeddings  # type: ignore[import-not-found]

from benchmarks.peer_searches.exchange import LIMIT, Handed, Search, serve


def searches(handed: Handed) -> dict[str, Search]:
    vectors = handed.vectors()

    def known(texts: list[str]) -> NDArray[np.float32]:
        return np.stack([vectors[text] for text in texts])

    index = Embeddings(method="external", transform=known, hybrid=True)
    index.index(zip(handed.passages.ids, handed.passages.texts, strict=True))
    return {"txtai, hybrid": lambda text: [one for one, _ in index.search(text, LIMIT)]}


if __name__ == "__main__":
    serve(searches)
