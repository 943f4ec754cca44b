"""How a visitor wants the pages shown; kept in a cookie of their own browser."""

from django.http import HttpRequest

CONTRAST_COOKIE = "contrast"
HIGH = "high"


def has_high_contrast(request: HttpRequest) -> bool:
    """Return whether the visitor chose high contrast."""
    return request.COOKIES.get(CONTRAST_COOKIE) == HIGH


def contrast(request: HttpRequest) -> dict[str, bool]:
    """Context processor: `high_contrast`."""
    return {"high_contrast": has_high_contrast(request)}
