"""Postings by chunk in Tantivy: the only module that knows it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from math import log
from pathlib import Path
from sys import intern
from threading import Lock
from types import MappingProxyType

from tantivy import (
    Document,
    Filter,
    Index,
    IndexWriter,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    Searcher,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Tokenizer,
)

from assistant.errors import LibraryDamagedError
from assistant.spelling import respelled, unaccented
from assistant.types import ChunkId, StoredChunk

NOTHING_CARRIED: Mapping[str, float] = MappingProxyType({})
_HEAP_BYTES = 50_000_000
_TEXTS = 8192
_LONGEST_WORD = 60
MOST_TERMS = 64
_ANALYZER = "words"
_PANIC = "PanicException"
# Begins at a word and never goes back into one, so that a long word costs no more than its length.
_COMPOUND = re.compile(r"(?<!\w)\w++(?:[-./]\w++)+")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")

# Words a question is made of, in English and French, without accents. Left out are those that
# also mean something: the month of May, the WHO and the US when written in capitals.
_ENGLISH = (
    "a about an and any are as at be been being but by can could did do does for from had has have "
    "having he her his how i if in into is it its me my of on or our please s shall she should so "
    "some such t tell than that the their them then there these they this those to us was we were "
    "what when where which who whom whose why will with would you your"
)
_FRENCH = (
    "au aux avec ce ces cet cette dans de des du elle elles en est et il ils l la le les leur "
    "leurs ne nous ou pas pourquoi quand que quel quelle quelles quels qu qui quoi sa se ses sont "
    "sur un une vous"
)
_STOP_WORDS = frozenset(f"{_ENGLISH} {_FRENCH}".split())


class Words:
    """How texts and questions are read as terms: without accents and endings, in one spelling."""

    def __init__(self) -> None:
        self._plain = _analyzer(stemmed=False)
        self._stemmed = _analyzer(stemmed=True)
        # The same passages are found again and again, and reading one takes a while.
        self._known_terms = lru_cache(_TEXTS)(self._read_terms)

    def question_terms(self, question: str) -> list[str]:
        """The terms that a question is searched by, in its order, each as often as it stands."""
        return self._telling(question)

    def terms(self, text: str) -> list[str]:
        """All terms of a text in their order, spelled as those of a question are."""
        return list(self._known_terms(text))

    def compounds(self, question: str) -> list[list[str]]:
        """The terms of each part of a question that is written as one, such as AJP-3."""
        found = list(dict.fromkeys(_COMPOUND.findall(comparable(question))))[:MOST_TERMS]
        parts: list[list[str]] = [self._stemmed.analyze(compound) for compound in found]
        return [part for part in parts if len(part) > 1]

    def _read_terms(self, text: str) -> tuple[str, ...]:
        return tuple(map(intern, self._stemmed.analyze(comparable(text))))

    def _telling(self, question: str) -> list[str]:
        found: list[str] = self._stemmed.analyze(" ".join(self.telling_words(question)))
        return found

    def telling_words(self, question: str) -> list[str]:
        """The words of a question: without stop words, unless nothing else is left."""
        words = self._plain.analyze(comparable(question))
        # In capitals a stop word is a name, as in WHO; unless everything is in capitals.
        shouted = question == question.upper()
        names = set() if shouted else {name.lower() for name in _CAPITALS.findall(question)}
        telling = [w for w in words if w in names or unaccented(w) not in _STOP_WORDS]
        return telling or words


class TantivyIndex(Words):
    """A Tantivy index in a folder: BM25 over a chunk's text, headings and title, stemmed.

    The boosts say how much a word counts that stands in the title or in a heading, beside one in
    the text.
    """

    def __init__(
        self,
        folder: Path,
        *,
        text_boost: float = 1.0,
        headings_boost: float = 1.0,
        title_boost: float = 0.5,
    ) -> None:
        super().__init__()
        self.folder, self.name = folder, folder.name
        self._boosts = {"text": text_boost, "headings": headings_boost, "title": title_boost}
        self._schema = _schema()
        self._writing = Lock()
        with self._translated():
            folder.mkdir(parents=True, exist_ok=True)
            self._index = Index(self._schema, path=str(folder))
            self._index.register_tokenizer(_ANALYZER, self._stemmed)
            self._index.config_reader("manual")
            self._index.reload()

    def add(self, chunks: Sequence[StoredChunk]) -> None:
        """Writes or overwrites these chunks and commits once."""
        if not chunks:
            return
        with self._writer() as writer:
            for stored in chunks:
                chunk = stored.chunk
                writer.delete_documents_by_term("chunk_id", chunk.chunk_id)
                document = Document()
                document.add_text("chunk_id", chunk.chunk_id)
                document.add_text("title", comparable_name(stored.metadata.title))
                document.add_text("headings", comparable_name("\n".join(chunk.headings)))
                document.add_text("text", comparable(chunk.text))
                writer.add_document(document)

    def search(
        self, question: str, limit: int, carried: Mapping[str, float] = NOTHING_CARRIED
    ) -> list[tuple[ChunkId, float]]:
        """Chunks with their BM25 score (0 or more, higher is better), best first.

        Any text is a question: operators, brackets and quotes are read as what they stand beside.
        `carried` are further terms by their weight beside one of the question, which is 1.
        """
        searcher = self._index.searcher()
        terms = self._terms(question, searcher)
        limit = min(limit, searcher.num_docs)
        if limit < 1 or not (terms or carried):
            return []
        with self._translated():
            query = self._query(question, terms, carried)
            found = searcher.search(query, limit, count=False)
            return [
                (ChunkId(searcher.doc(address)["chunk_id"][0]), float(score))
                for score, address in found.hits
            ]

    def rarity(self, terms: Sequence[str]) -> list[float]:
        """For each term `ln(1 + (n - df + 0.5) / (df + 0.5))`, as BM25 weighs it; above 0.

        `n` are the chunks of the index and `df` those in whose text the term stands.
        """
        searcher = self._index.searcher()
        chunks = searcher.num_docs
        with self._translated():
            within = [searcher.doc_freq("text", term) for term in terms]
        return [log(1 + (chunks - n + 0.5) / (n + 0.5)) for n in within]

    def remove(self, chunk_ids: Sequence[ChunkId]) -> None:
        """Forgets these chunks and commits; unknown ones are no error."""
        if not chunk_ids:
            return
        with self._writer() as writer:
            for chunk_id in chunk_ids:
                writer.delete_documents_by_term("chunk_id", chunk_id)

    def count(self) -> int:
        """How many chunks the index holds, valid or not."""
        return self._index.searcher().num_docs

    def ids(self) -> list[ChunkId]:
        """Every chunk the index holds; one that it holds twice is named twice."""
        searcher = self._index.searcher()
        if not searcher.num_docs:
            return []
        with self._translated():
            found = searcher.search(Query.all_query(), searcher.num_docs, count=False)
            return [ChunkId(searcher.doc(address)["chunk_id"][0]) for _, address in found.hits]

    def _terms(self, question: str, searcher: Searcher) -> list[str]:
        """The distinct stems to search; of too many, those that the fewest texts have."""
        terms = list(dict.fromkeys(self._telling(question)))
        if len(terms) <= MOST_TERMS:
            return terms
        present = [term for term in terms if searcher.doc_freq("text", term)]
        return sorted(present, key=lambda term: searcher.doc_freq("text", term))[:MOST_TERMS]

    def _query(self, question: str, terms: Sequence[str], carried: Mapping[str, float]) -> Query:
        """Any of the terms in any field; what is written as one, such as AJP-3, also together."""
        weights = {**carried, **dict.fromkeys(terms, 1.0)}
        clauses = [
            Query.boost_query(Query.term_query(self._schema, field, term), boost * weight)
            for field, boost in self._boosts.items()
            for term, weight in weights.items()
        ]
        for parts in self.compounds(question):
            clauses.extend(
                Query.boost_query(Query.phrase_query(self._schema, field, [*parts]), boost)
                for field, boost in self._boosts.items()
            )
        return Query.boolean_query([(Occur.Should, clause) for clause in clauses])

    @contextmanager
    def _writer(self) -> Iterator[IndexWriter]:
        """A writer whose work is committed and seen at the end, and undone by an error."""
        with self._writing, self._translated():
            writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
            try:
                yield writer
                writer.commit()
            finally:
                writer.wait_merging_threads()  # also lets go of the index for the next writer
            self._index.reload()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as error:  # Tantivy raises nothing more specific
            raise self._damaged(error) from error
        except BaseException as error:
            # A panic of Tantivy's core is no Exception, and its type is not to be imported.
            if type(error).__name__ != _PANIC:
                raise
            raise self._damaged(error) from error

    def _damaged(self, error: BaseException) -> LibraryDamagedError:
        return LibraryDamagedError(
            f"The postings in {self.folder} cannot be read or written: {error}. "
            "Check that the disk has room and the folder is readable and writable, or choose "
            "another ATTACHE_HOME; if the folder is damaged, `attache doctor --repair` rebuilds it."
        )


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("chunk_id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("title", "headings", "text"):
        builder.add_text_field(field, tokenizer_name=_ANALYZER)
    return builder.build()


def _analyzer(*, stemmed: bool) -> TextAnalyzer:
    builder = (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(_LONGEST_WORD))
        .filter(Filter.lowercase())
    )
    if stemmed:
        # Before accents go: else the stem of "attachés" is that of "attachment".
        builder = builder.filter(Filter.stemmer("english")).filter(Filter.ascii_fold())
    return builder.build()


@lru_cache(maxsize=1024)
def comparable_name(text: str) -> str:
    """The same for a title or headings, which one chunk after the other has."""
    return comparable(text)


def comparable(text: str) -> str:
    """The text in one spelling, without lone surrogates, which Tantivy cannot take."""
    return respelled(text.encode("utf-8", "replace").decode())
