"""Turns without a server: what the queue promises, told by messages alone."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.limits import BodyLimit
from api.turns import Turns
from api.work import Work

BODY: Message = {"type": "http.request", "body": b"{}", "more_body": False}
GONE: Message = {"type": "http.disconnect"}


@dataclass
class Kitchen:
    """An app that answers when it is let; it knows how many it works on, and how each ended."""

    open: asyncio.Event = field(default_factory=asyncio.Event)
    working: int = 0
    most: int = 0
    ended: list[str] = field(default_factory=list)

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        self.working += 1
        self.most = max(self.most, self.working)
        try:
            await receive()
            await self.open.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"done"})
            self.ended.append("answered")
        except asyncio.CancelledError:
            self.ended.append("cancelled")
            raise
        finally:
            self.working -= 1


@dataclass
class Caller:
    """Sends one question; `goes` at the end of the test, or when told."""

    app: ASGIApp
    path: str = "/v1/ask"
    sends: list[Message] = field(default_factory=lambda: [BODY])
    goes: asyncio.Event = field(default_factory=asyncio.Event)
    got: list[Message] = field(default_factory=list)
    reads: Callable[[], object] = lambda: None

    @property
    def status(self) -> int | None:
        return self.got[0]["status"] if self.got else None

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.got[0]["headers"]}

    async def ask(self) -> None:
        scope = {
            "type": "http",
            "method": "POST",
            "path": self.path,
            "headers": [],
            "state": {"request_id": "1"},
        }
        await self.app(scope, self._receive, self._send)

    async def _receive(self) -> Message:
        if self.sends:
            return self.sends.pop(0)
        await self.goes.wait()
        return GONE

    async def _send(self, message: Message) -> None:
        waits = self.reads()
        if asyncio.iscoroutine(waits):
            await waits
        self.got.append(message)


def turns(app: ASGIApp, most: int = 1, queue: int = 1, work: Work | None = None) -> Turns:
    return Turns(app, most, queue, patience_s=5, work=work, unread_s=0.05)


async def settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_no_more_are_answered_at_once_than_there_are_places() -> None:
    kitchen, work = Kitchen(), Work()
    app = turns(kitchen, most=2, queue=10, work=work)
    callers = [Caller(app) for _ in range(7)]
    asking = [asyncio.create_task(caller.ask()) for caller in callers]
    await settled()
    assert (kitchen.working, work.answering, work.waiting) == (2, 2, 5)
    kitchen.open.set()
    await asyncio.gather(*asking)
    assert [caller.status for caller in callers] == [200] * 7
    assert kitchen.most == 2
    assert not work.going_on


async def test_beyond_the_queue_a_question_is_refused_with_when_to_come_again() -> None:
    kitchen = Kitchen()
    app = turns(kitchen, most=1, queue=1)
    served = [asyncio.create_task(Caller(app).ask()) for _ in range(2)]
    await settled()
    late = Caller(app)
    await late.ask()
    assert late.status == 503
    assert int(late.headers["retry-after"]) > 0
    assert late.headers["content-type"] == "application/problem+json"
    kitchen.open.set()
    await asyncio.gather(*served)
    assert kitchen.ended == ["answered"] * 2


async def test_a_question_that_waits_too_long_is_refused() -> None:
    kitchen = Kitchen()
    app = Turns(kitchen, most=1, queue=5, patience_s=0.01)
    first, second = Caller(app), Caller(app)
    asking = asyncio.create_task(first.ask())
    await settled()
    await second.ask()
    assert second.status == 503
    kitchen.open.set()
    await asking
    assert first.status == 200


async def test_work_stops_when_its_caller_goes_and_the_next_is_served() -> None:
    kitchen = Kitchen()
    app = turns(kitchen)
    first, second = Caller(app), Caller(app)
    asking = [asyncio.create_task(one.ask()) for one in (first, second)]
    await settled()
    first.goes.set()
    await settled()
    assert kitchen.ended == ["cancelled"]
    kitchen.open.set()
    await asyncio.gather(*asking)
    assert first.got == []
    assert second.status == 200


async def test_who_goes_while_waiting_leaves_the_queue() -> None:
    kitchen, work = Kitchen(), Work()
    app = turns(kitchen, most=1, queue=1, work=work)
    served = asyncio.create_task(Caller(app).ask())
    await settled()
    waiting = Caller(app)
    asking = asyncio.create_task(waiting.ask())
    await settled()
    waiting.goes.set()
    await asking
    assert work.waiting == 0
    another = asyncio.create_task(Caller(app).ask())
    await settled()
    assert work.waiting == 1
    kitchen.open.set()
    await asyncio.gather(served, another)
    assert kitchen.ended == ["answered"] * 2


async def test_who_has_not_sent_the_whole_question_takes_no_place() -> None:
    kitchen = Kitchen()
    kitchen.open.set()
    app = turns(kitchen, most=1, queue=0)
    half: Message = {"type": "http.request", "body": b"{", "more_body": True}
    slow = Caller(app, sends=[half])
    asking = asyncio.create_task(slow.ask())
    await settled()
    quick = Caller(app)
    await quick.ask()
    assert quick.status == 200
    slow.goes.set()
    await asking
    assert kitchen.ended == ["answered"]


async def test_who_reads_slowly_holds_no_place() -> None:
    kitchen, unread = Kitchen(), asyncio.Event()
    kitchen.open.set()
    app = turns(kitchen, most=1, queue=0)
    slow = Caller(app, reads=unread.wait)
    asking = asyncio.create_task(slow.ask())
    await settled()
    quick = Caller(app)
    await quick.ask()
    assert quick.status == 200
    assert slow.got == []
    unread.set()
    await asking
    assert slow.status == 200


async def test_who_reads_nothing_is_given_up() -> None:
    kitchen, work = Kitchen(), Work()
    kitchen.open.set()
    never = Caller(turns(kitchen, work=work), reads=lambda: asyncio.Event().wait())
    await asyncio.wait_for(never.ask(), 5)
    assert never.got == []
    assert not work.going_on


async def test_a_server_that_ends_finishes_what_it_has_and_takes_no_more() -> None:
    kitchen, work = Kitchen(), Work()
    app = turns(kitchen, most=1, queue=5, work=work)
    had = [Caller(app) for _ in range(3)]
    asking = [asyncio.create_task(one.ask()) for one in had]
    await settled()
    work.ending = True
    late = Caller(app)
    await late.ask()
    assert late.status == 503
    assert "retry-after" in late.headers
    assert work.going_on
    kitchen.open.set()
    await asyncio.gather(*asking)
    assert [one.status for one in had] == [200] * 3
    assert not work.going_on


async def test_what_takes_no_place_is_never_queued() -> None:
    kitchen = Kitchen()
    kitchen.open.set()
    for path in ("/v1/documents", "/healthz", "/v1/conversations"):
        caller = Caller(turns(kitchen, most=1, queue=0), path=path)
        await caller.ask()
        assert caller.status == 200


async def test_an_error_of_the_work_is_no_silence() -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ZeroDivisionError

    work = Work()
    with pytest.raises(ZeroDivisionError):
        await Caller(turns(broken, work=work)).ask()
    assert not work.going_on


async def test_a_body_that_stops_arriving_is_given_up() -> None:
    kitchen = Kitchen()
    app = BodyLimit(turns(kitchen), max_upload_mb=1, stalled_s=0.02)
    half: Message = {"type": "http.request", "body": b"{", "more_body": True}
    stalled = Caller(app, sends=[half])
    await asyncio.wait_for(stalled.ask(), 5)
    assert stalled.status == 408
    assert kitchen.most == 0


async def test_a_body_that_was_announced_and_does_not_come_is_not_waited_for() -> None:
    kitchen = Kitchen()
    got: list[Message] = []

    async def receive() -> Message:
        await asyncio.Event().wait()
        return GONE

    async def send(message: Message) -> None:
        got.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/documents",
        "headers": [(b"content-length", b"10737418240")],
        "state": {"request_id": "1"},
    }
    app = BodyLimit(kitchen, max_upload_mb=1)
    await asyncio.wait_for(app(scope, receive, send), 5)
    assert got[0]["status"] == 413
    assert kitchen.most == 0
