"""What stands around quotations: their texts, which never change, and what stands by now."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from time import monotonic

from api.answer_schemas import CitationOut
from api.document_schemas import DocumentOut
from ui.client import ApiClient
from ui.problems import ApiProblem

TextKey = tuple[str, str]

_FRESH_S = 5.0
_MOST_HELD = 2_000


class VersionTexts:
    """Texts of versions, the most recently read up to `max_chars` in all.

    They are kept apart by the visitor's key: who may read a version is for the API to say.
    """

    def __init__(self, max_chars: int = 20_000_000) -> None:
        self._max_chars = max_chars
        self._held: OrderedDict[tuple[str, TextKey], str] = OrderedDict()

    async def of(self, client: ApiClient, citations: Sequence[CitationOut]) -> dict[TextKey, str]:
        """The texts cited, by (document, version); one that cannot be had is left out.

        A quotation is in the answer already, so a missing text costs only its surroundings.
        """
        keys = list(dict.fromkeys((c.document_id, c.version_id) for c in citations))
        texts = await asyncio.gather(*(self._read(client, key) for key in keys))
        return {key: text for key, text in zip(keys, texts, strict=True) if text is not None}

    async def _read(self, client: ApiClient, key: TextKey) -> str | None:
        held = (client.key, key)
        if held in self._held:
            self._held.move_to_end(held)
            return self._held[held]
        try:
            text = await client.text(*key)
        except ApiProblem:
            return None
        self._held[held] = text
        self._held.move_to_end(held)
        while len(self._held) > 1 and sum(map(len, self._held.values())) > self._max_chars:
            self._held.popitem(last=False)
        return text


class NewestVersions:
    """The versions that stand of documents, or stood last, as each visitor may see them."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], tuple[float, DocumentOut]] = {}

    async def of(
        self, client: ApiClient, citations: Sequence[CitationOut]
    ) -> Mapping[str, DocumentOut]:
        """Those of the documents cited, by their names, a few seconds old at most."""
        cited: dict[str, set[str]] = {}
        for citation in citations:
            cited.setdefault(citation.document_id, set()).add(citation.version_id)
        found = await asyncio.gather(*(self._read(client, *each) for each in cited.items()))
        return {one.document_id: one for one in found if one is not None}

    async def _read(self, client: ApiClient, name: str, cited: set[str]) -> DocumentOut | None:
        now = monotonic()
        held = self._held.get((client.key, name))
        # That another version stands is asked anew: what is cited may have come since.
        if held and now - held[0] < _FRESH_S and cited == {held[1].version_id}:
            return held[1]
        try:
            found = await client.document(name)
        except ApiProblem:
            return None
        if len(self._held) > _MOST_HELD:
            self._held.clear()
        self._held[client.key, name] = now, found
        return found
