"""Read environment variables strictly: a bad value stops the start and says how to correct it."""

import base64
import binascii
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from gwonseon.mail_addresses import is_mail_address

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
# Keys of AES-256; their number is one byte of each sealed value.
KEY_BYTES = 32
MOST_KEYS = 256
# The usual ports of mail servers, by the scheme of EMAIL_URL.
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


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
    message = f"{name}={value!r}은(는) 켜짐도 꺼짐도 아닙니다. {name}=1이나 {name}=0으로 적으세요."
    raise ImproperlyConfigured(message)


def number(name: str, *, default: int, allowed: range) -> int:
    """Return the variable as a whole number; raise ImproperlyConfigured for any other value."""
    value = text(name, str(default))
    if value in map(str, allowed):
        return int(value)
    message = (
        f"{name}={value!r}은(는) 쓸 수 없는 값입니다. "
        f"{allowed[0]}에서 {allowed[-1]} 사이의 정수로, {name}={default}처럼 적으세요."
    )
    raise ImproperlyConfigured(message)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """Return the variable as an absolute path; `~` is the home folder."""
    return Path(text(name, str(default))).expanduser().absolute()


def web_address(name: str, default: str) -> str:
    """Return the variable as a web address that secrets may be sent to: https, or this machine.

    Raises ImproperlyConfigured for any other value.
    """
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        is_safe = parts.scheme == "https" or (
            parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
        )
        is_plain = bool(parts.hostname) and not (parts.query or parts.fragment or "@" in value)
        if is_safe and is_plain and parts.port != 0:
            return value
    except ValueError:
        pass
    message = f"{name}을(를) 알아볼 수 없습니다. {name}={default}처럼 https 주소를 적으세요."
    raise ImproperlyConfigured(message)


@dataclass(frozen=True)
class MailServer:
    """A mail server, and how the line to it is encrypted; without a host there is none."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    has_starttls: bool = False
    is_tls: bool = False


def mail_server(name: str) -> MailServer:
    """Return the mail server that a variable names, or one without a host.

    `smtp+tls://` encrypts by STARTTLS, `smtps://` from the first byte, and `smtp://`, which does
    not encrypt, is for a server on this machine. Raises ImproperlyConfigured for any other value,
    and never repeats it: it may have a password.
    """
    value = text(name)
    if not value:
        return MailServer()
    try:
        return server_of(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name}을(를) 알아볼 수 없습니다. smtp+tls://사용자:비밀번호@서버:587이나 "
            "smtps://사용자:비밀번호@서버:465처럼 적으세요. 암호화하지 않는 smtp://는 이 컴퓨터의 "
            "서버(localhost)에만 쓸 수 있고, 비밀번호의 특수 문자는 %40처럼 적습니다."
        ) from None


def server_of(url: str) -> MailServer:
    """Return the mail server of a URL; raise ValueError for one that cannot be used."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in MAIL_PORTS or not host.isascii() or not is_bare(url, parts):
        raise ValueError
    if parts.scheme == "smtp" and host not in THIS_MACHINE:
        raise ValueError
    user, password = (
        unquote(part or "", errors="strict") for part in (parts.username, parts.password)
    )
    typed = user + password
    if bool(user) != bool(password) or not (typed.isascii() and typed.isprintable()):
        raise ValueError
    return MailServer(
        host,
        MAIL_PORTS[parts.scheme] if parts.port is None else parts.port,
        user,
        password,
        has_starttls=parts.scheme == "smtp+tls",
        is_tls=parts.scheme == "smtps",
    )


def is_bare(url: str, parts: SplitResult) -> bool:
    """Return whether a URL has a host, and nothing behind it but a port."""
    has_more = parts.path.strip("/") or "?" in url or "#" in url or parts.netloc.count("@") > 1
    return bool(parts.hostname) and not has_more and parts.port != 0 and url.isprintable()


def mail_address(name: str, *, default: str) -> str:
    """Return the variable as a mail address; raise ImproperlyConfigured for any other value.

    With an empty `default`, it must be set.
    """
    value = text(name, default)
    if value == default and default:
        return value
    if is_mail_address(value):
        return value
    message = (
        f"{name}={value!r}은(는) 메일 주소가 아닙니다. "
        f"이름 없이 주소만, {name}=portal@office.example처럼 적으세요."
    )
    raise ImproperlyConfigured(message)


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for a database URL; connections live ten minutes and are checked."""
    try:
        return dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    except ValueError:
        message = (
            "DATABASE_URL을 알아볼 수 없습니다. "
            "postgresql://사용자:비밀번호@서버:5432/이름처럼 적으세요."
        )
        raise ImproperlyConfigured(message) from None


def secret_key(stored: Path, *, lasting: bool) -> str:
    """Return SECRET_KEY, else the key that `make run` stored, else a new random one.

    A random key is enough for commands that sign nothing. With `lasting` (DATABASE_URL is set), a
    missing key raises ImproperlyConfigured.
    """
    from django.core.management.utils import get_random_secret_key  # slow to import; seldom needed

    if key := text("SECRET_KEY"):
        return key
    if stored.is_file():
        return stored.read_text(encoding="ascii").strip()
    if lasting:
        message = "SECRET_KEY가 없습니다. 길고 무작위인 글자를 넣으세요(.env.example 참고)."
        raise ImproperlyConfigured(message)
    return get_random_secret_key()


def keys(name: str, stored: Path, *, lasting: bool) -> dict[int, bytes]:
    """Return numbered keys of 32 bytes, first the one that seals: `2:base64,1:base64`.

    Without the variable, those that `make run` stored, else none: then nothing can be sealed. With
    `lasting` (DATABASE_URL is set), missing keys raise ImproperlyConfigured, as bad ones always do.
    """
    value = text(name) or (stored.read_text(encoding="ascii").strip() if stored.is_file() else "")
    if not value and lasting:
        message = f"{name}이(가) 없습니다. .env.example을 보고 열쇠를 만들어 넣으세요."
        raise ImproperlyConfigured(message)
    found: dict[int, bytes] = {}
    for part in filter(None, value.split(",")):
        number, _, encoded = part.strip().partition(":")
        key = decoded(encoded)
        if number not in map(str, range(MOST_KEYS)) or len(key) != KEY_BYTES:
            raise ImproperlyConfigured(
                f"{name}을(를) 알아볼 수 없습니다. 「번호:열쇠」를 쉼표로 이어 적고, 열쇠는 "
                f"{KEY_BYTES}바이트를 base64로 적으세요(.env.example 참고)."
            )
        found[int(number)] = key
    return found


def decoded(encoded: str) -> bytes:
    """Return the bytes of a base64 text; empty if it is none."""
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return b""
