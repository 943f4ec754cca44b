"""What every page says of the district."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gwonseon.office.models import District


def district(request: HttpRequest) -> dict[str, District]:
    """Context processor: `district`, read with one query unless the view already has it.

    A view that reads a row together with its district hands it over as `request.district`.
    """

    def read() -> District:
        return getattr(request, "district", None) or District.objects.get()

    return {"district": SimpleLazyObject(read)}
