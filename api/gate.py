"""The gate before every route: who calls, what they may do, and how often. Pure ASGI.

A library without keys lets everybody on this machine in. Once it has one, or where the server can
be reached from elsewhere, each request needs a valid key, and gets services that show and change
no more than the key opens.
"""

import secrets
from dataclasses import replace

from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import STATE
from api.audited import AuditedAssistant, AuditedRuns, audited_task
from api.carried import secret_in
from api.deps import PERMITTED, Services
from api.errors import FORBIDDEN, NO_KEY, TOO_OFTEN, Failure, refusal
from api.limits import drain
from api.metrics import address_of
from api.notes import Notes
from api.permitted import PermittedLedger, PermittedRuns
from api.permitted_talk import PermittedTalk
from api.rates import Rates
from api.roots import Roots
from api.rules import GUARDED, needed, under
from api.security import is_loopback
from api.shown import shown, whole
from assistant.access.acting import acting
from assistant.access.keys import LOCAL, NOBODY, OPERATOR, Caller, KeyRole, caller_with
from assistant.access.ladders import Ladders
from assistant.types import DocumentId

_KEYLESS = Failure(
    NO_KEY,
    "This server asks for a key, and there is none in the request or none that is valid. Send "
    "yours as `Authorization: Bearer KEY`; whoever runs the server makes one with `attache keys "
    "add`.",
    {"WWW-Authenticate": 'Bearer realm="attache"'},
)


class Gate:
    """Finds out who calls, and refuses what they may not ask."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services
        self._ladders = Ladders.read(services.settings.markings)
        self._roots = Roots(services.book)
        self._alone = is_loopback(services.settings.host)
        self._rates = Rates(services.settings.rate_on(loopback=self._alone))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request, or refuses it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = under(scope["path"], *GUARDED)
        caller = self._caller(secret_in(scope))
        scope["state"][STATE] = caller or NOBODY
        failure = self._refuse(scope, caller) if guarded else None
        if failure is not None:
            await drain(receive)
            await refusal(failure, scope)(scope, receive, send)
            return
        services = scope["state"][PERMITTED] = permitted(self._services, caller or NOBODY)
        # Each request has a context of its own, so there is nothing to set back.
        acting.set(services.notes.actor)
        sees_paths = caller is not None and caller.role.may(KeyRole.LIBRARIAN)
        shown.set(whole if sees_paths else self._roots.below)
        await self._app(scope, receive, send)

    def _caller(self, secret: str | None) -> Caller | None:
        """Who has this secret; None where nobody has, and one is needed."""
        services = self._services
        if secret and services.token and _same(secret, services.token):
            return OPERATOR
        if services.keys is None or not services.keys.in_use():
            return LOCAL if self._alone else None
        key = services.keys.find(secret) if secret else None
        return None if key is None else caller_with(key, self._ladders)

    def _refuse(self, scope: Scope, caller: Caller | None) -> Failure | None:
        who = caller.key_id if caller and caller.key_id else f"address {address_of(scope)}"
        if caller is not OPERATOR and (wait := self._rates.wait(who)):
            return Failure(
                TOO_OFTEN,
                f"More requests came than {self._rates.limit} allows. Wait {wait} seconds.",
                {"Retry-After": str(wait)},
            )
        if caller is None:
            return _KEYLESS
        role = _needed(scope)
        if caller.role is KeyRole.ADMINISTRATOR or caller.role.may(role):
            return None
        return Failure(
            FORBIDDEN,
            f"This needs a key of the role {role}, and yours has the role {caller.role}. Ask "
            "whoever runs the server.",
        )


def _needed(scope: Scope) -> KeyRole:
    """The role that a request needs: a route without a rule is for administrators."""
    role = needed(scope["method"], scope["path"])
    if role is not None:
        return role
    return KeyRole.ADMINISTRATOR if _is_route(scope) else KeyRole.READER


def permitted(services: Services, caller: Caller) -> Services:
    """The services as this caller may use them."""
    notes = Notes(services.audit, caller, services.settings.audit_questions)
    ledger, book, talk = services.ledger, services.book, services.conversations
    if caller.readable is not None:
        talk = PermittedTalk(talk, ledger, caller.readable)
        ledger = PermittedLedger(ledger, caller.readable)
        if services.keys is not None:
            book = PermittedRuns(book, services.keys, caller)

    def remove(document_id: DocumentId) -> None:
        if caller.readable is not None:
            ledger.document(document_id)
        services.remove(document_id)

    return replace(
        services,
        assistant=AuditedAssistant(services.assistant, notes),
        ledger=ledger,
        book=book,
        conversations=talk,
        runs=AuditedRuns(services.runs, book, services.keys, notes),
        remove=remove,
        maintenance={
            name: audited_task(name, task, notes) for name, task in services.maintenance.items()
        },
        notes=notes,
    )


def _is_route(scope: Scope) -> bool:
    """Whether a route that is described would take it: any other path is no secret."""
    routes = scope["app"].routes
    described = (route for route in routes if getattr(route, "include_in_schema", False))
    return any(route.matches({**scope})[0] is not Match.NONE for route in described)


def _same(secret: str, token: str) -> bool:
    # Compared in constant time: how long it takes must not tell how much of a guess is right.
    return secrets.compare_digest(secret.encode(), token.encode())
