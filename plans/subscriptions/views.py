"""A resident's own pages: what they follow, and the form to choose it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gwonseon.messaging.phones import masked
from gwonseon.messaging.sealing import unseal
from gwonseon.refusals import RefusedError
from gwonseon.residents.consents import current_consents
from gwonseon.residents.models import Visit
from gwonseon.residents.visits import verified
from plans.subscriptions.actions import subscribe
from plans.subscriptions.forms import ChoiceForm
from plans.subscriptions.models import Subscription
from plans.subscriptions.queries import followed_in_words, offer


@require_GET
@verified
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what the visitor follows; send who follows nothing to the form."""
    chosen = subscription_of(visit)
    if chosen is None:
        return redirect("subscriptions:choose")
    context = {
        "number": masked(unseal(visit.sealed)),
        "chosen": followed_in_words(chosen),
        "is_saved": "saved" in request.GET,
        "hide_search": True,
    }
    return render(request, "subscriptions/home.html", context)


@require_http_methods(["GET", "POST"])
@verified
def choose(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the choices and consents; on POST, write them."""
    chosen = subscription_of(visit)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        offer=offer(),
        chosen=chosen,
        consented=current_consents(bytes(visit.mac)),
    )
    if form.is_valid():
        values = form.cleaned_data
        try:
            subscribe(
                visit=visit,
                consents=form.given,
                pillars=values["pillars"],
                initiatives=form.initiatives,
                news=values["news"],
                dong=values["dong"],
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            response = redirect("subscriptions:home")
            response["Location"] += "?saved"
            return response
    context = {"form": form, "chosen": chosen, "hide_search": True}
    return render(request, "subscriptions/choose.html", context)


def subscription_of(visit: Visit) -> Subscription | None:
    """Return what the visitor's number follows (1 query)."""
    return Subscription.objects.select_related("dong").filter(resident__mac=visit.mac).first()
