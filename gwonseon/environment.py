"""Environment variables, read strictly: a bad value stops the start and names its cure."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Return the variable without surrounding space; empty counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Return the variable as a truth value; raise ImproperlyConfigured for anything unclear."""
    value = text(name, "1" if default else "0").lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    message = f"{name}={value!r} is neither on nor off. Write {name}=1 or {name}=0."
    raise ImproperlyConfigured(message)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """Return the variable as an absolute path; `~` is the home folder."""
    return Path(text(name, str(default))).expanduser().absolute()


def secret_key(stored: Path, *, lasting: bool) -> str:
    """Return SECRET_KEY, else the one `make run` stored, else a passing one.

    A passing key is enough for commands that sign nothing. Where a key must last
    (`lasting`: an outside database is named), its absence stops the start.
    """
    from django.core.management.utils import get_random_secret_key  # heavy; seldom needed

    if key := text("SECRET_KEY"):
        return key
    if stored.is_file():
        return stored.read_text(encoding="ascii").strip()
    if lasting:
        message = "SECRET_KEY is not set. Put a long random text into it; see .env.example."
        raise ImproperlyConfigured(message)
    return get_random_secret_key()
