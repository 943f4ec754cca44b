"""「현황판」: one page of the whole plan for 부서장, 축 총괄 and 기획."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gwonseon.fields.days import day_text
from gwonseon.office.menu import show
from gwonseon.office.models import User
from plans.progress.queries import last_day
from plans.workspace.board import figures, work
from plans.workspace.board.access import sees_board
from plans.workspace.board.calendars import published_years
from plans.workspace.board.forms import BoardForm, name_of
from plans.workspace.board.queries import (
    Frozen,
    Live,
    read_day,
    read_frozen,
    read_now,
)
from plans.workspace.board.tables import Section, cell_with

PAGE = "workspace:board"


@require_GET
@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Show how a plan stands now, on a past day or in a closed period (8 queries at most)."""
    if not sees_board(request.user):
        raise Http404(_("그런 화면이 없습니다."))
    crumbs = [(_("현황판"), "")]
    years = published_years()
    if not years:
        return show(request, "workspace/board/empty.html", current=PAGE, crumbs=crumbs)
    form = BoardForm(request.GET, years=years)
    plan = form.shown.plan
    request.district = plan.district
    name, sections = sections_of(form, request.user)
    key = request.GET.get("rows", "")
    found = cell_with(sections, key) if key else None
    return show(
        request,
        "workspace/board/board.html",
        current=PAGE,
        form=form,
        plan=plan,
        name=name,
        sections=sections,
        rows=found,
        rows_missing=bool(key) and found is None,
        query=urlencode(form.chosen),
        crumbs=crumbs,
    )


def sections_of(form: BoardForm, user: User) -> tuple[str, list[Section]]:
    """Return what the view that was chosen is called, and the sections of the board."""
    year = form.shown
    if form.version:
        name = _("마감본 · %(closing)s") % {"closing": name_of(form.version)}
        return name, frozen_sections(read_frozen(year, form.version), user)
    if form.day:
        name = _("원장 기준 %(day)s") % {"day": day_text(form.day)}
        return name, live_sections(read_day(year, form.day, user), user)
    on = last_day(year.plan)
    name = _("지금 (%(day)s까지의 실적)") % {"day": day_text(on)}
    return name, live_sections(read_now(year, on, user), user)


def live_sections(live: Live, user: User) -> list[Section]:
    """Return the sections of the present state or of a past day."""
    return [
        figures.statuses(live.pillars),
        work.updates(live, user),
        figures.slipped(live.pillars, live.before, name_of(live.compared) if live.compared else ""),
        figures.gaps(live.pillars),
        *work.troubles(live),
        figures.budget(live.pillars),
        work.waiting(live, user),
    ]


def frozen_sections(frozen: Frozen, user: User) -> list[Section]:
    """Return the sections of a closed period; what no closing freezes is named."""
    than = name_of(frozen.compared) if frozen.compared else ""
    return [
        figures.statuses(frozen.pillars),
        work.frozen_updates(frozen, user),
        figures.slipped(frozen.pillars, frozen.before, than),
        figures.gaps(frozen.pillars),
        *work.frozen_troubles(frozen),
        figures.budget(frozen.pillars, is_frozen=True),
        Section("waiting", _("나를 기다리는 것"), missing=_("「지금」에서만 보입니다.")),
    ]
