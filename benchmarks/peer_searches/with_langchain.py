"""LangChain's retriever over Chroma, and its ensemble of that and BM25."""

from langchain_chroma import Chroma  # type: ignore[import-not-found]
from langchain_classic.retrievers import EnsembleRetriever  # type: ignore[import-not-found]
from langchain_community.retrievers import BM25Retriever  # type: ignore[import-not-found]
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from benchmarks.peer_searches.exchange import LIMIT, Handed, Search, serve

ID = "passage"


class Known(Embeddings):
    """An embedder that knows all it will be asked."""

    def __init__(self, handed: Handed) -> None:
        self._vectors = handed.vectors()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of the texts."""
        return [self._vectors[text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]


def searches(handed: Handed) -> dict[str, Search]:
    ids, texts = handed.passages.ids, handed.passages.texts
    named = [{ID: one} for one in ids]
    store = Chroma.from_texts(
        texts, Known(handed), metadatas=named, ids=ids, persist_directory=str(handed.room)
    )
    near = store.as_retriever(search_kwargs={"k": LIMIT})
    words = BM25Retriever.from_texts(texts, metadatas=named, k=LIMIT)
    both = EnsembleRetriever(retrievers=[words, near], weights=[0.5, 0.5], id_key=ID)
    return {"LangChain, Chroma": _search(near), "LangChain, ensemble with BM25": _search(both)}


def _search(retriever: BaseRetriever) -> Search:
    return lambda text: [one.metadata[ID] for one in retriever.invoke(text)]


if __name__ == "__main__":
    serve(searches)
