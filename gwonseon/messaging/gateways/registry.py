"""The gateways by name."""

from functools import cache

from django.utils.module_loading import import_string

from gwonseon.messaging.gateways import Gateway

GATEWAYS: dict[str, str] = {}


@cache
def gateway(name: str) -> Gateway:
    """Return a gateway by its name, or by the path of its class."""
    return import_string(GATEWAYS.get(name, name))()
