"""The way from a question to a proved answer, as LangChain runnables; read it top to bottom."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic, perf_counter
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from assistant.access.ladders import DEFAULT, Ladders
from assistant.answers.again import before, retold, unfounded
from assistant.answers.clarify import Asking, Clarifier
from assistant.answers.courtesy import asked, heard, reply
from assistant.answers.draft import Answerer, Draft, PartFound, whole
from assistant.answers.layout import NOT_ANSWERED
from assistant.answers.lookup import Search, TextLookup
from assistant.concluding import concluded, unproved
from assistant.grounding.prove import Proof, prove
from assistant.ports import Retriever, TextEncoder
from assistant.retrieval.joining import with_rewrite
from assistant.retrieval.message import MessagePart, parts_of
from assistant.retrieval.misspelled import Speller
from assistant.retrieval.passages import key, shared
from assistant.retrieval.put_right import as_put_right
from assistant.retrieval.topic import understood
from assistant.stages import Composed, Resolved, Retrieved, ms_since
from assistant.types import (
    Answered,
    AnswerEvent,
    Passage,
    PassagesFound,
    Question,
    StandaloneQuestion,
    TextDelta,
    Unsupported,
)

if TYPE_CHECKING:
    # Loading what speaks to a model takes a quarter of a second, for who has one.
    from assistant.retrieval.rewriting import Rewriter


@dataclass(frozen=True, slots=True)
class AnswerChain:
    """The steps, in the order in which they run, and what each of them uses.

    `moment` is the present as the library sees it. `lacking` says what could not be searched since
    a reading of `time.monotonic`, or None.
    """

    retriever: Retriever
    answerer: Answerer
    extractive: Answerer
    encoder: TextEncoder
    top_k: int
    unsupported: Unsupported
    clarifier: Clarifier
    rewriter: "Rewriter | None" = None
    speller: Speller | None = None
    lookup: TextLookup | None = None
    moment: Callable[[], datetime] = lambda: datetime.now(UTC)
    ladders: Ladders = field(default_factory=lambda: Ladders.read(DEFAULT))
    lacking: Callable[[float], str | None] = lambda _began: None

    def runnable(self) -> Runnable[Question, AnswerEvent]:
        """Question → standalone question → passages → draft → proved answer.

        Stream it: the events are `PassagesFound`, `TextDelta`s, and `Answered` as the last.
        """
        return (
            RunnableLambda(self.resolve)
            | RunnableLambda(self.retrieve)
            | RunnableGenerator(self.compose)
            | RunnableGenerator(self.prove)
        )

    async def resolve(self, question: Question) -> Resolved:
        """Makes the question standalone and fixes the moment it is answered for."""
        started, now = perf_counter(), self.moment()
        said = heard(question.history, NOT_ANSWERED)
        bare = replace(question, text=asked(question.text))
        retelling, courtesy = before(bare, said), reply(bare.text) or unfounded(bare, said)
        reading = retelling or as_put_right(replace(bare, history=said))
        as_of = now if question.as_of is None else min(question.as_of.astimezone(UTC), now)
        standalone, parts = _as_it_is(question.text), tuple[MessagePart, ...]()
        if not courtesy:
            standalone = await self._standalone(reading)
            parts = await asyncio.to_thread(parts_of, reading, self.encoder)
        taken, retells = ms_since(started), retelling is not None
        return Resolved(question, standalone, as_of, started, parts, taken, courtesy, retells)

    async def _standalone(self, question: Question) -> StandaloneQuestion:
        """As the product reads the history, and as a chat model does, at the same time."""
        own = asyncio.to_thread(understood, question.text, question.history, self.encoder)
        if self.rewriter is None:
            return await own
        rewriting = self.rewriter.rewrite(question.text, question.history)
        return with_rewrite(*await asyncio.gather(own, rewriting))

    def retrieve(self, resolved: Resolved) -> Retrieved:
        """Finds the passages valid at that moment, for each part of a message its own."""
        top_k = resolved.question.top_k or self.top_k
        resolved, mended = self._mended(resolved)
        questions = [part.question for part in resolved.parts] or [resolved.standalone]
        began = monotonic()
        found = [self._passages(one, resolved, top_k) for one in questions]
        passages = shared(found, top_k)
        shown = set(map(key, passages))
        parts = tuple(
            PartFound(part.question, tuple(one for one in own if key(one) in shown), part.side)
            for part, own in zip(resolved.parts, found, strict=False)
        )
        taken = ms_since(resolved.asked_at)
        return Retrieved(resolved, passages, taken, parts, self.lacking(began), mended)

    def _mended(self, resolved: Resolved) -> tuple[Resolved, Mapping[str, str]]:
        """Words that the library does not have, written as it has them."""
        if self.speller is None:
            return resolved, {}
        found = [
            self.speller.mended(
                one,
                as_of=resolved.as_of,
                filters=resolved.question.filters,
                exactly=resolved.question.as_of is not None,
            )
            for one in (resolved.standalone, *(part.question for part in resolved.parts))
        ]
        standalone, *questions = (one for one, _ in found)
        parts = tuple(
            replace(part, question=question)
            for part, question in zip(resolved.parts, questions, strict=True)
        )
        changed = {word: meant for _, each in found for word, meant in each.items()}
        return replace(resolved, standalone=standalone, parts=parts), changed

    def _passages(
        self, question: StandaloneQuestion, resolved: Resolved, top_k: int
    ) -> list[Passage]:
        search = Search(
            as_of=resolved.as_of,
            top_k=top_k,
            filters=resolved.question.filters,
            # Who names a time is told what was said then; who names none, what is known now.
            exactly=resolved.question.as_of is not None,
        )
        found = search.by(self.retriever, question)
        return found if self.lookup is None else self.lookup.added(question, found, search)

    async def compose(
        self, inputs: AsyncIterator[Retrieved]
    ) -> AsyncIterator[PassagesFound | TextDelta | Composed]:
        """Shows the passages, then drafts the answer from them, piece by piece."""
        async for retrieved in inputs:
            if courtesy := retrieved.resolved.courtesy:
                # Nothing was asked of the library, so nothing of it is shown.
                alone = replace(retrieved, passages=())
                draft = Draft(courtesy, self.extractive.name, abstained=True, outcome="courtesy")
                yield PassagesFound(())
                yield TextDelta(courtesy)
                yield Composed(alone, draft)
                continue
            yield PassagesFound(retrieved.passages, self._marking(retrieved.passages))
            if unclear := await asyncio.to_thread(self._asked_back, retrieved):
                yield TextDelta(unclear.text)
                yield Composed(retrieved, unclear)
                continue
            async for part in self._composing(retrieved):
                yield Composed(retrieved, part) if isinstance(part, Draft) else part

    async def _composing(self, retrieved: Retrieved) -> AsyncIterator[TextDelta | Draft]:
        """The answer as it is composed; what was quoted before, of what asks for that again."""
        resolved = retrieved.resolved
        asking = resolved.standalone, retrieved.passages, retrieved.parts
        if not resolved.retells:
            async for part in self.answerer.compose(*asking):
                yield part
            return
        told = await whole(self.extractive.compose(*asking))
        draft = await asyncio.to_thread(
            retold, told, asked(resolved.question.text), resolved.standalone.text, self.encoder
        )
        yield TextDelta(draft.text)
        yield draft

    def _asked_back(self, retrieved: Retrieved) -> Draft | None:
        """A question back, where the one that was asked is unclear."""
        resolved, name = retrieved.resolved, self.extractive.name
        if resolved.retells:
            return None
        asking = Asking(
            question=resolved.standalone,
            as_of=resolved.as_of,
            filters=resolved.question.filters,
            top_k=resolved.question.top_k or self.top_k,
            exactly=resolved.question.as_of is not None,
        )
        return self.clarifier.ask_back(asking, retrieved.passages, name)

    async def prove(
        self, inputs: AsyncIterator[PassagesFound | TextDelta | Composed]
    ) -> AsyncIterator[AnswerEvent]:
        """Ties every sentence of the draft to its place, or removes, strikes or flags it.

        Where too little of the draft can be proved, the extractive answer is given in its place, if
        there is one.
        """
        async for part in inputs:
            if not isinstance(part, Composed):
                yield part
                continue
            drafted = perf_counter()
            composed, proof = part, await self._proof(part)
            if proof.too_little:
                instead = await self._extracted(part, proof)
                if not (instead.draft.abstained and proof.carried):
                    composed, proof = instead, await self._proof(instead)
            marking = self._marking(composed.retrieved.passages)
            answer = concluded(composed, proof, marking, ms_since(drafted))
            if said := answer.text[len(proof.text) :]:
                yield TextDelta(said)
            yield Answered(answer)

    def _marking(self, passages: Sequence[Passage]) -> str | None:
        return self.ladders.highest(_markings(passages))

    async def _proof(self, composed: Composed) -> Proof:
        return await asyncio.to_thread(
            prove,
            composed.draft,
            composed.retrieved.passages,
            self.encoder,
            unsupported=self.unsupported,
        )

    async def _extracted(self, composed: Composed, proof: Proof) -> Composed:
        retrieved = composed.retrieved
        draft = await whole(
            self.extractive.compose(
                retrieved.resolved.standalone, retrieved.passages, retrieved.parts
            )
        )
        return Composed(retrieved, replace(draft, note=unproved(proof, composed.draft)))


def _as_it_is(text: str) -> StandaloneQuestion:
    said = " ".join(text.split())
    return StandaloneQuestion(text=said, asked=said)


def _markings(passages: Sequence[Passage]) -> Iterator[str | None]:
    """Those of all that is shown: the title of a document that also says so is shown too."""
    for passage in passages:
        yield passage.stored.metadata.marking
        yield from (other.marking for other in passage.also)
