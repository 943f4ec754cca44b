"""The portal's icon at the address where browsers look for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """Redirect to the icon. Browsers ask here while they show a feed or a file, which name none."""
    return redirect(static("favicon.svg"))
