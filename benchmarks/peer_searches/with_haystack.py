"""Haystack's pipeline of BM25 and embeddings in memory, joined by reciprocal rank."""

from haystack import Document, Pipeline  # type: ignore[import-not-found]
from haystack.components.joiners import DocumentJoiner  # type: ignore[import-not-found]
from haystack.components.retrievers.in_memory import (  # type: ignore[import-not-found]
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import (  # type: ignore[import-not-found]
    InMemoryDocumentStore,
)

from benchmarks.peer_searches.exchange import LIMIT, Handed, Search, serve


def searches(handed: Handed) -> dict[str, Search]:
    passages = handed.passages
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [
            Document(id=one, content=text, embedding=vector.tolist())
            for one, text, vector in zip(
                passages.ids, passages.texts, passages.vectors, strict=True
            )
        ]
    )
    pipeline = Pipeline()
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=LIMIT))
    pipeline.add_component("near", InMemoryEmbeddingRetriever(store, top_k=LIMIT))
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=LIMIT)
    pipeline.add_component("both", joiner)
    pipeline.connect("words", "both")
    pipeline.connect("near", "both")
    vectors = handed.vectors()

    def search(text: str) -> list[str]:
        asked = {"words": {"query": text}, "near": {"query_embedding": vectors[text].tolist()}}
        return [one.id for one in pipeline.run(asked)["both"]["documents"]]

    return {"Haystack, BM25 and embeddings": search}


if __name__ == "__main__":
    serve(searches)
