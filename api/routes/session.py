"""A browser's own key: kept in a cookie that no script can read, and sent to this server alone."""

from fastapi import APIRouter, Request, Response

from api.access import CallerDep
from api.carried import secret_in
from api.openapi import problems
from api.server_schemas import SESSION_COOKIE, SessionOut

router = APIRouter(prefix="/v1/session", tags=["server"])

_KEPT_S = 30 * 24 * 3600


@router.get("", summary="Who am I?", responses=problems())
def show_session(caller: CallerDep) -> SessionOut:
    """Says by which name and role this request is served, and whether a key says so."""
    return SessionOut(name=caller.name, role=caller.role.value, keyed=bool(caller.key_id))


@router.post(
    "", summary="Sign a browser in", response_description="Signed in.", responses=problems()
)
def sign_in(caller: CallerDep, request: Request, response: Response) -> SessionOut:
    """Puts the key that this request carries into a cookie, for pages and images of this server.

    The cookie is for this site alone (`SameSite=Strict`) and out of the reach of scripts
    (`HttpOnly`). An `Authorization` header counts before it.
    """
    secret = secret_in(request.scope)
    if secret and caller.key_id:
        response.set_cookie(
            SESSION_COOKIE,
            secret,
            max_age=_KEPT_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
    return show_session(caller)


@router.delete(
    "",
    status_code=204,
    response_class=Response,
    summary="Sign a browser out",
    response_description="Signed out.",
    responses=problems(),
)
def sign_out() -> Response:
    """Removes the cookie; the key stays valid."""
    response = Response(status_code=204)
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
    return response
