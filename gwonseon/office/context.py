"""The context processor that gives every page the district's settings."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gwonseon.office.models import District


def district(request: HttpRequest) -> dict[str, District]:
    """Context processor: `district` (1 query when used, unless the view has set it).

    A view that has read the district with another row sets `request.district`.
    """

    def read() -> District:
        return getattr(request, "district", None) or District.objects.get()

    return {"district": SimpleLazyObject(read)}
