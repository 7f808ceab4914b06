"""How the page looks and behaves: fonts of the reader's own system, our styles, our script."""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import gradio as gr

from ui.reasons import FAILURES, OTHER
from ui.words import table

STATIC = Path(__file__).parent / "static"
STYLES = (
    "tokens.css",
    "frame.css",
    "sidebar.css",
    "talk.css",
    "composer.css",
    "proof.css",
    "viewer.css",
    "library.css",
    "check.css",
    "document.css",
)
# One after another they are one script; each may use what the others define.
SCRIPTS = (
    "base.js",
    "keeping.js",
    "away.js",
    "asking.js",
    "replacing.js",
    "resuming.js",
    "thread.js",
    "proof.js",
    "sidebar.js",
    "narrowing.js",
    "viewer.js",
    "library.js",
    "checking.js",
    "intake.js",
    "signing.js",
    "events.js",
)

_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace")
_PAPER, _PAPER_DARK = "#f7f6f2", "#12161c"
_INK, _INK_DARK = "#1c2430", "#e6e4dd"


@cache
def build() -> str:
    """Which page it is: another one for any other styles, script or words."""
    parts = (STATIC / name for name in (*STYLES, *SCRIPTS, "fr.json"))
    return sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]


def build_theme() -> gr.Theme:
    """A theme without web fonts; its colours are the page's own, in light and in dark."""
    theme = gr.themes.Base(
        font=[gr.themes.Font(name) for name in _SANS],
        font_mono=[gr.themes.Font(name) for name in _MONO],
    )
    return theme.set(
        body_background_fill=_PAPER,
        body_background_fill_dark=_PAPER_DARK,
        body_text_color=_INK,
        body_text_color_dark=_INK_DARK,
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_padding="0px",
        border_color_primary="var(--rule)",
        border_color_primary_dark="var(--rule)",
    )


def page_head(max_upload_mb: int) -> str:
    """What goes into the page's head: icon, styles, script and words, all inline."""
    styles = "\n".join((STATIC / name).read_text("utf-8") for name in STYLES)
    script = "\n".join((STATIC / name).read_text("utf-8") for name in SCRIPTS)
    icon = b64encode((STATIC / "seal.svg").read_bytes()).decode("ascii")
    given = json.dumps(
        {
            "words": {"fr": table("fr")},
            "failures": {**FAILURES, "other": OTHER},
            "uploadMb": max_upload_mb,
            "build": build(),
        }
    )
    return (
        f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml;base64,{icon}">'
        '<meta name="color-scheme" content="light dark">'
        f"<style>{styles}</style>"
        f"<script>(() => {{ 'use strict'; const GIVEN = {given};\n{script}\n}})();</script>"
    )
