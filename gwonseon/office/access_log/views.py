"""The review of the access log, for administrators."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gwonseon.office.access_log.forms import AccessFilter
from gwonseon.office.access_log.queries import page_of
from gwonseon.office.menu import show
from gwonseon.office.people.access import needs


@require_GET
@needs("office.view_personalaccess")
def access_log(request: HttpRequest) -> HttpResponse:
    """List who saw whose personal data, the latest first."""
    form = AccessFilter(request.GET)
    found = form.found()
    asked = {name: request.GET.get(name, "") for name in form.asked_for}
    return show(
        request,
        "office/access_log/access_log.html",
        current="office:access_log",
        form=form,
        page=page_of(found, form.cleaned_data.get("before"), form.cleaned_data.get("after")),
        query=urlencode({name: value for name, value in asked.items() if value}),
    )
