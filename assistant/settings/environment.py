"""The settings as the environment has them, and what in it only looks like one."""

import os
from collections.abc import Mapping
from difflib import get_close_matches

from pydantic import ValidationError

from assistant.errors import ConfigurationError
from assistant.settings.settings import PREFIX, Settings


def read_settings() -> Settings:
    """Settings from the environment. Raises `ConfigurationError` naming the variable at fault."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = name if name.isupper() else f"ATTACHE_{name.upper()}"
        raise ConfigurationError(f"{variable}: {first['msg']}. Correct it or unset it.") from error


def unknown_variables() -> Mapping[str, str | None]:
    """The variables that look like settings and are none, each with the setting nearest to it."""
    known = [name.upper() for name in Settings.model_fields]
    given = (name.upper() for name in os.environ)  # noqa: TID251 - the only reader
    named = sorted(name.removeprefix(PREFIX) for name in given if name.startswith(PREFIX))
    nearest = {name: next(iter(get_close_matches(name, known, 1)), None) for name in named}
    return {
        PREFIX + name: near and PREFIX + near for name, near in nearest.items() if name not in known
    }
