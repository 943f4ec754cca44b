"""The certificates by which a vendor's server is known."""

import ssl
from functools import cache

import httpx


@cache
def certificates() -> ssl.SSLContext:
    """Return the context for encrypted calls, read once: reading it takes 30 ms of CPU."""
    return httpx.create_ssl_context()
