"""HEAD where GET is taken: the same status and headers, and no body."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BELOW = "/v1/"
_FOLLOWED = "/events"
"""How the paths end of what goes on for as long as a run does: its beginning says nothing."""


class Heads:
    """Answers HEAD as the routes below answer GET, without what they say."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        path = str(scope.get("path", ""))
        asked = scope["type"] == "http" and scope["method"] == "HEAD"
        if not asked or not path.startswith(_BELOW) or path.endswith(_FOLLOWED):
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_head)
