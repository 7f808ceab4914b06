"""What goes wrong between the window and the API, said so that a reader can act on it."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
from pydantic import BaseModel, ValidationError


class ApiProblem(Exception):  # noqa: N818 (named for what the API sends: problem+json)
    """Something the API refused or failed at. `detail` says what to do; `status` 0 is no reply.

    `code` is the stable end of the problem's type, empty for what the API did not say.
    """

    def __init__(
        self, title: str, detail: str, status: int = 0, request_id: str = "", code: str = ""
    ) -> None:
        super().__init__(f"{title}: {detail}")
        self.code = code
        self.title = title
        self.detail = detail
        self.status = status
        self.request_id = request_id


class ProblemBody(BaseModel):
    """A problem read leniently: a proxy in between may answer with less than the API does."""

    type: str = ""
    title: str = "The request failed"
    status: int = 0
    detail: str = "Try again; if it keeps failing, look at the server's log."
    request_id: str = ""

    def raised(self, status: int) -> ApiProblem:
        """The problem as an exception."""
        code = self.type.rpartition(":")[2]
        return ApiProblem(self.title, self.detail, status, self.request_id, code)


async def refuse_failure(response: httpx2.Response) -> None:
    """Raises `ApiProblem` for a response that is no success."""
    if response.is_success:
        return
    await response.aread()
    try:
        problem = ProblemBody.model_validate_json(response.content)
    except ValidationError:
        problem = ProblemBody(title=f"The server answered {response.status_code}")
    raise problem.raised(response.status_code)


@contextmanager
def as_problems() -> Iterator[None]:
    """Turns what the network and a malformed reply raise into problems that say what to do."""
    try:
        yield
    except httpx2.ConnectError as error:
        raise ApiProblem(
            "The server cannot be reached",
            "Try again in a moment. If it lasts, tell whoever runs the server.",
        ) from error
    except httpx2.TimeoutException as error:
        raise ApiProblem(
            "The server took too long",
            "It may be busy taking in documents. Wait a moment, then try again.",
        ) from error
    except httpx2.HTTPError as error:
        raise ApiProblem(
            "The connection was lost", "The server stopped in the middle of its reply. Try again."
        ) from error
    except ValueError as error:  # a ValidationError or a UnicodeDecodeError is one as well
        raise ApiProblem(
            "The reply could not be read",
            "The page and the server may be of different versions. Reload the page; if that does "
            "not help, restart the server.",
        ) from error
