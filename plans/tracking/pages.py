"""Functions that pages of periods and updates share: what they read, and their breadcrumbs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.tracking.access import period_for
from plans.tracking.figures import PeriodFigures, figures_of
from plans.tracking.forms import ReturnForm
from plans.tracking.models import Period, Update, text_labels

PAGE = "tracking:latest"


def period_in(request: HttpRequest, key: int) -> Period:
    """Return the period of a page, whose district the page names."""
    found = period_for(request.user, key)
    request.district = found.plan.district
    return found


def read_figures(request: HttpRequest, period: Period) -> PeriodFigures:
    """Return a period's figures, with personal numbers of the user's own department."""
    return figures_of(period, open_to=request.user.department_id)


def saved_already(request: HttpRequest, to: Any) -> HttpResponse:
    """Lead to a row's page or an address, and say that what was typed is what is saved."""
    messages.info(request, _("이미 같은 내용으로 저장되어 있습니다."))
    return redirect(to)


def returning_form(
    update: Update, data: QueryDict | None = None, *, many: bool = False
) -> ReturnForm:
    """Return the form that sends an update back, for its own page or that of many."""
    form = ReturnForm(data, update=update, many=many)
    form.helper.form_action = reverse("tracking:send_back", args=[update.pk])
    return form


def texts_of(update: Update) -> list[tuple[str, str]]:
    """Return what an update says, each text with its label."""
    return [(label, getattr(update, name)) for name, label in text_labels().items()]


def trail(period: Period, *title: str) -> list[tuple[str, str]]:
    """Return the breadcrumbs: the plan's periods, the period, and the page below it, if any."""
    crumbs = [(_("추진상황"), reverse("tracking:periods", args=[period.plan.year]))]
    address = period.get_absolute_url() if title else ""
    return [*crumbs, (str(period), address), *((one, "") for one in title)]
