"""The page at `/docs`: Swagger UI from files installed with the product, nothing from outside."""

from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.errors import ConfigurationError

PACKAGE = "fastapi-standalone-docs"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Attaché API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<noscript>This page needs JavaScript; <a href="/openapi.json">/openapi.json</a> says the same.
</noscript>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
START = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
"""


def swagger_files() -> Path:
    """The folder of Swagger UI's files, found without importing the package that carries them.

    Raises:
        ConfigurationError: the package is not installed.
    """
    spec = find_spec(PACKAGE.replace("-", "_"))
    folders = (spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        files = Path(folder) / "static" / "swagger"
        if (files / "swagger-ui-bundle.js").is_file():
            return files
    raise ConfigurationError(f"The package {PACKAGE} is missing. Install it, or install again.")


def reference_router() -> APIRouter:
    """The routes of the page. Raises `ConfigurationError` where its files are not installed."""
    files = swagger_files()
    router = APIRouter(prefix="/docs", include_in_schema=False)

    @router.get("")
    def page() -> HTMLResponse:
        return HTMLResponse(PAGE)

    @router.get("/start.js")
    def start() -> Response:
        return Response(START, media_type="text/javascript")

    @router.get("/swagger-ui-bundle.js")
    def bundle() -> FileResponse:
        return FileResponse(files / "swagger-ui-bundle.js", media_type="text/javascript")

    @router.get("/swagger-ui.css")
    def styles() -> FileResponse:
        return FileResponse(files / "swagger-ui.css", media_type="text/css")

    return router
