"""Mail addresses as the portal takes them: plain ASCII, without a name beside them."""

import re

LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"(?=.{{1,64}}@){LOCAL}@(?:{LABEL}\.)+{LABEL}")
# RFC 5321: a path of 256 characters has two angle brackets.
LONGEST_ADDRESS = 254


def is_mail_address(text: str) -> bool:
    """Return whether a text is an address such as `name@office.example`.

    Every mail server takes such an address, and nothing in it ends a header or a command: no
    space, no quotes, no brackets, no line break, no letter beyond ASCII.
    """
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None


def tidy_address(text: str) -> str:
    """Return an address without surrounding space, its domain in small letters."""
    local, at, domain = text.strip().rpartition("@")
    return f"{local}{at}{domain.lower()}"
