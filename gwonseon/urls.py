"""The root URL configuration."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from gwonseon.health import health
from gwonseon.request_size import too_large

handler400 = "gwonseon.request_size.bad_request"

urlpatterns = [
    path("health/", health, name="health"),
    path("too-large/", too_large, name="too_large"),
    # All users share one sign-in and one password page; the admin's own have other rules.
    path("admin/login/", RedirectView.as_view(pattern_name="office:sign_in", query_string=True)),
    path("admin/password_change/", RedirectView.as_view(pattern_name="office:password")),
    path("admin/", admin.site.urls),
    path("staff/", include("plans.workspace.urls")),
    path("staff/", include("gwonseon.office.urls")),
    path("staff/messages/", include("gwonseon.messaging.urls")),
    path("staff/residents/", include("gwonseon.residents.lookup.urls")),
    path("staff/notices/budget/", include("civic.notices.budget.urls")),
    path("staff/plans/<int:year>/amendments/", include("plans.amendments.urls")),
    path("staff/plans/", include("plans.editing.urls")),
    path("staff/progress/", include("plans.progress.urls")),
    path("staff/closing/", include("plans.tracking.closing.urls")),
    path("staff/budget/", include("plans.tracking.budget.urls")),
    path("staff/tracking/", include("plans.tracking.urls")),
    path("staff/reports/", include("plans.reports.urls")),
    path("staff/reminders/", include("plans.reminders.urls")),
    path("staff/blockers/", include("plans.tracking.blockers.urls")),
    path("staff/risks/", include("plans.tracking.risks.urls")),
    path("staff/milestones/", include("plans.tracking.milestones.urls")),
    path("staff/records/", include("plans.ledger.urls")),
    path("staff/findings/", include("plans.findings.urls")),
    path("staff/facilities/", include("plans.facilities.urls")),
    path("staff/welfare/cases/", include("welfare.cases.urls")),
    path("staff/culture/", include("culture.registers.urls")),
    path("staff/notices/templates/", include("civic.notices.recurring.urls")),
    path("staff/notices/", include("civic.notices.urls")),
    path("my/", include("gwonseon.residents.urls")),
    path("my/", include("plans.subscriptions.urls")),
    path("notices/", include("civic.notices.public.urls")),
    path("reminders/", include("plans.reminders.muting.urls")),
    path("data/", include("plans.opendata.urls")),
    path("calendar/", include("plans.reminders.calendars.urls")),
    path("", include("gwonseon.krds.urls")),
    path("", include("plans.public.urls")),
]
