"""「내 업무」: the user's own items, tasks, and changes since the last visit."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gwonseon.office.menu import show
from gwonseon.office.models import PersonalAccess
from gwonseon.office.people.access import needs
from gwonseon.office.roles import roles
from gwonseon.office.signing_in import previous_sign_in
from gwonseon.paging import numbered_page
from plans.amendments.promised_fields import PROMISES
from plans.ledger.personal import log_personal
from plans.panels import shown_panels, staff_panels
from plans.progress.queries import last_day, progress_of
from plans.tree.access import LEVELS
from plans.tree.models import Activity
from plans.workspace.changed import changed_since
from plans.workspace.items import ItemFilter, State, items
from plans.workspace.pillars import (
    MOST_FINDINGS,
    by_category,
    open_findings,
    pillar_in_force,
    pillars_for,
    recently_recorded,
    recordable_in,
    this_week,
)
from plans.workspace.waiting import waiting_for

PER_PAGE = 20
# For users who sign in for the first time.
A_WEEK = timedelta(days=7)


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the user's home page."""
    since = previous_sign_in(request) or timezone.now() - A_WEEK
    form = ItemFilter(request.GET, user=request.user)
    if form.plan:
        request.district = form.plan.district
    page = numbered_page(request, items(form, request.user), PER_PAGE)
    for row in page:
        row["state_label"] = State(row["state"]).label
        row["level_name"] = LEVELS[row["level"]]._meta.verbose_name
    query = request.GET.copy()
    query.pop("page", None)
    tasks = waiting_for(request.user)
    log_personal(request, [task.record for task in tasks], PersonalAccess.What.SEARCH)
    return show(
        request,
        "workspace/home.html",
        current="workspace:home",
        form=form,
        plan=form.plan,
        page=page,
        query=query.urlencode(),
        tasks=tasks,
        changed=changed_since(request.user, since),
        since=since,
        recent=recently_recorded(request.user),
        pillars=pillars_for(request.user, form.plans.values(), form.pillars),
        crumbs=[],
    )


@require_GET
@needs("plans.view_draft")
def pillar(request: HttpRequest, code: str) -> HttpResponse:
    """Show a pillar's staff page: open findings and this week's work."""
    shown = pillar_in_force(code)
    if shown is None:
        raise Http404(_("공개된 계획에 그런 축이 없습니다."))
    request.district = shown.plan.district
    user, today = request.user, timezone.localdate()
    progress = progress_of(shown.plan, last_day(shown.plan), open_to=user.department_id)
    findings = open_findings(user, code)
    shown_findings = list(findings[:MOST_FINDINGS])
    kinds = by_category(findings, today)
    week = this_week(user, shown)
    told = [*week.records, *(one.record for one in shown_findings)]
    log_personal(request, told, PersonalAccess.What.SEARCH)
    return show(
        request,
        "workspace/pillar.html",
        current="workspace:home",
        pillar=shown,
        progress=progress.group_of(shown),
        findings=shown_findings,
        kinds=kinds,
        open_count=sum(one.count for one in kinds),
        overdue_count=sum(one.overdue for one in kinds),
        today=today,
        week=week,
        recordable=list(recordable_in(user, shown)),
        panels=shown_panels(staff_panels, code, user),
        crumbs=[(shown.shown_title, "")],
    )


@require_GET
@login_required
def guide(request: HttpRequest) -> HttpResponse:
    """Show the staff's guide."""
    promises = [Activity._meta.get_field(name).verbose_name for name in PROMISES[Activity]]
    return show(
        request,
        "workspace/guide.html",
        current="workspace:guide",
        roles=list(roles),
        promises=promises,
        failures=settings.AXES_FAILURE_LIMIT,
        minutes=int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
        hours=settings.SESSION_COOKIE_AGE // 3600,
        crumbs=[(_("도움말"), "")],
    )
