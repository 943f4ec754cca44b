"""The page behind a mail's link that turns a kind of reminder off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gwonseon.office.models import User
from plans.reminders.links import read_mute_token
from plans.reminders.models import Mute
from plans.reminders.muting.actions import mute
from plans.reminders.rules.registry import Rule, rules


# No CSRF token: who has the link may turn the kind off, and a browser inside of a mail program may
# refuse cookies. A program that follows links changes nothing, as it sends no form.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def muting(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whoever has a mail's link whether to turn a kind off; on POST, do so.

    Nobody signs in, and the page does not say whose reminders they are.
    """
    person, rule = subject_of(token)
    if person is None or rule is None:
        return render(request, "reminders/no_mute.html", {"hide_search": True}, status=404)
    if request.method == "POST":
        mute(person=person, rule=rule.code)
        return redirect("reminders_public:mute", token)
    is_muted = Mute.objects.filter(person=person, rule=rule.code).exists()
    context = {"kind": rule.label, "is_muted": is_muted, "hide_search": True}
    return render(request, "reminders/mute.html", context)


def subject_of(token: str) -> tuple[User | None, Rule | None]:
    """Return the person and the rule of a token; None for each that is not found."""
    read = read_mute_token(token)
    if read is None:
        return None, None
    key, code = read
    person = User.objects.filter(pk=key, is_active=True).first()
    return person, next((one for one in rules if one.code == code), None)
