"""LlamaIndex's vector index, and its fusion of that and BM25 by reciprocal rank."""

from typing import Any

from llama_index.core import VectorStoreIndex  # type: ignore[import-not-found]
from llama_index.core.embeddings import BaseEmbedding  # type: ignore[import-not-found]
from llama_index.core.llms import MockLLM  # type: ignore[import-not-found]
from llama_index.core.retrievers import QueryFusionRetriever  # type: ignore[import-not-found]
from llama_index.core.schema import TextNode  # type: ignore[import-not-found]
from llama_index.retrievers.bm25 import BM25Retriever  # type: ignore[import-not-found]
from pydantic import PrivateAttr

from benchmarks.peer_searches.exchange import LIMIT, Handed, Search, serve


class Known(BaseEmbedding):  # type: ignore[misc]
    """An embedder that knows all it will be asked."""

    _vectors: dict[str, Any] = PrivateAttr()

    def __init__(self, handed: Handed) -> None:
        super().__init__()
        self._vectors = handed.vectors()

    def _get_text_embedding(self, text: str) -> list[float]:
        vector: list[float] = self._vectors[text].tolist()
        return vector

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


def searches(handed: Handed) -> dict[str, Search]:
    passages = handed.passages
    nodes = [
        TextNode(id_=one, text=text, embedding=vector.tolist())
        for one, text, vector in zip(passages.ids, passages.texts, passages.vectors, strict=True)
    ]
    index = VectorStoreIndex(nodes, embed_model=Known(handed))
    near = index.as_retriever(similarity_top_k=LIMIT)
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=LIMIT)
    both = QueryFusionRetriever(
        [near, words],
        llm=MockLLM(),
        mode="reciprocal_rerank",
        similarity_top_k=LIMIT,
        num_queries=1,  # the question as it is: no model invents others
        use_async=False,
    )
    return {
        "LlamaIndex, vector index": _search(near),
        "LlamaIndex, fusion with BM25": _search(both),
    }


def _search(retriever: Any) -> Search:
    return lambda text: [one.node.node_id for one in retriever.retrieve(text)]


if __name__ == "__main__":
    serve(searches)
