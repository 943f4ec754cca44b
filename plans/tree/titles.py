"""Titles of several nodes in one text."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def first_of(titles: Sequence[str]) -> str:
    """Return the first two titles, and how many others there are."""
    others = _(" 외 %(n)s건") % {"n": len(titles) - 2} if titles[2:] else ""
    return ", ".join(titles[:2]) + others
