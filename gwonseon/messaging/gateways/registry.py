"""The gateways by name."""

from functools import cache

from django.utils.module_loading import import_string

from gwonseon.messaging.gateways import Gateway

GATEWAYS: dict[str, str] = {}


@cache
def gateway(name: str) -> Gateway:
    """Return a gateway by its name, or by the path of its class."""
    return import_string(GATEWAYS.get(name, name))()


def known_gateways() -> list[str]:
    """Return the names of the gateways that can be sent through."""
    return sorted(GATEWAYS)
