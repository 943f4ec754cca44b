"""Table of statuses: every staff route that shows a page, for every role.

No template of these pages makes a query.
"""

import pytest
from django.test import Client

from tests.roles.conftest import COLUMNS, Numbers, SignIn, read
from tests.roles.templates import queries_of_templates

pytestmark = pytest.mark.django_db

# The department of officer and head owns the items, which are below the safety pillar. Users who
# may not read drafts get 404 for a draft; what a user may read but not write answers 403.
TABLE = {
    "/staff/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/pillars/safety/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/board/": (302, 404, 404, 404, 200, 200, 200, 200, 404),
    "/staff/reports/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/reports/exports/": (302, 403, 200, 200, 200, 200, 200, 200, 200),
    # Only who asked for a report sees it, who is none of these users.
    "/staff/reports/exports/{export}/": (302, 403, 404, 404, 404, 404, 404, 404, 403),
    "/staff/reports/exports/{made}/file/": (302, 403, 404, 404, 404, 404, 404, 404, 403),
    "/staff/reports/saved/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/reports/saved/{saved}/": (302, 403, 404, 404, 404, 404, 404, 404, 403),
    "/staff/reports/saved/{saved}/open/": (302, 403, 404, 404, 404, 404, 404, 404, 403),
    "/staff/reminders/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/guide/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/account/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/account/password/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    # No user has codes set up: there is none to ask for, and no new key to show.
    "/staff/account/code/": (302, *[302] * 8),
    "/staff/account/code/picture/": (302, *[404] * 8),
    "/staff/account/code/set-up/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/people/{person}/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/people/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/people/add/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/workdays/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/workdays/2021/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/workdays/add/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/workdays/2021-03-05/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/plans/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/plans/add/": (302, 403, 403, 403, 403, 403, 403, 200, 403),
    "/staff/plans/document/": (302, 403, 403, 403, 403, 403, 403, 200, 403),
    "/staff/plans/document/{upload}/": (302, 403, 403, 403, 403, 403, 403, 302, 403),
    "/staff/plans/handover/": (302, 403, 403, 403, 200, 403, 403, 200, 403),
    "/staff/plans/2031/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2031/vision/": (302, 404, 403, 403, 403, 403, 403, 200, 404),
    "/staff/plans/2031/publish/": (302, 404, 403, 403, 403, 403, 403, 200, 404),
    "/staff/plans/2031/next/": (302, 404, 403, 403, 403, 403, 403, 200, 404),
    "/staff/plans/2031/sheet/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2031/sheet/file/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2031/sheet/{upload}/": (302, 404, 302, 302, 302, 302, 302, 302, 404),
    "/staff/plans/2031/pillar/add/": (302, 404, 403, 403, 403, 403, 403, 200, 404),
    "/staff/plans/2031/activity/{draft}/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2031/activity/{draft}/history/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2031/activity/{draft}/move/": (302, 404, 403, 403, 403, 200, 403, 200, 404),
    "/staff/plans/2031/activity/{draft}/retire/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/plans/2031/initiative/{above}/add/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/plans/2031/goal/{goal}/add/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/plans/2031/pillar/{pillar}/add/": (302, 404, 403, 403, 403, 200, 403, 200, 404),
    "/staff/plans/2031/initiative/{above}/review/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2030/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/plans/2030/activity/{public}/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    # An addition is visible only to its author, who is none of these users.
    "/staff/plans/2030/addition/{addition}/": (302, *[404] * 8),
    "/staff/plans/2030/addition/{addition}/add/": (302, *[404] * 8),
    "/staff/plans/2030/amendments/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2030/amendments/{change}/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/records/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/records/file/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/records/new/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/records/activity/{counted}/add/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/records/activity/{counted}/many/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/records/activity/{counted}/many/form/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/records/activity/{helped}/many/": (302, 404, 404, 404, 404, 404, 404, 404, 404),
    # An upload is visible only to its author, who is none of these users.
    "/staff/records/activity/{counted}/many/{table}/": (
        *(302, 404, 403, 302, 302, 302, 403, 302, 404),
    ),
    "/staff/records/{written}/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/records/{done}/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/records/{written}/edit/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/records/{done}/edit/": (302, 403, 403, 200, 200, 200, 403, 200, 403),
    "/staff/records/{done}/void/": (302, 403, 403, 200, 200, 200, 403, 200, 403),
    "/staff/records/evidence/{shown}/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/facilities/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/facilities/csv/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/facilities/add/": (302, 403, 403, 200, 200, 200, 200, 200, 403),
    "/staff/facilities/import/": (302, 403, 403, 200, 200, 200, 200, 200, 403),
    "/staff/facilities/import/form/": (302, 403, 403, 200, 200, 200, 200, 200, 403),
    "/staff/facilities/import/{places}/": (302, 403, 403, 302, 302, 302, 302, 302, 403),
    "/staff/facilities/{facility}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/culture/plots/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/culture/plots/add/": (302, 403, 403, 200, 200, 200, 403, 200, 403),
    "/staff/culture/plots/{plot}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/culture/shows/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/culture/shows/add/": (302, 403, 403, 200, 200, 200, 403, 200, 403),
    "/staff/culture/shows/{show}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/notices/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    # A notice is a department's, and the leads and the planner of these columns have none.
    "/staff/notices/add/": (302, 403, 403, 200, 200, 403, 403, 403, 403),
    "/staff/notices/{memo}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/notices/{notice}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/notices/{sending}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/notices/{memo}/edit/": (302, *[403] * 8),
    "/staff/notices/templates/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/notices/templates/add/": (302, 403, 403, 200, 200, 403, 403, 403, 403),
    "/staff/notices/templates/{template}/": (302, 403, 403, 200, 200, 403, 403, 403, 403),
    "/staff/access-log/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/access-log/2020/1/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/messages/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/notices/budget/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/notices/budget/2021/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/residents/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/residents/{resident}/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/progress/": (302, 302, 302, 302, 302, 302, 302, 302, 302),
    "/staff/progress/2020/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/progress/activity/{counted}/hold/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/closing/{quarter}/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/closing/versions/{closing}/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/closing/versions/{closing}/staff.json": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/tracking/": (302, 403, 302, 302, 302, 302, 302, 302, 403),
    "/staff/tracking/2020/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/tracking/2031/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/tracking/period/{quarter}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/tracking/period/{quarter}/days/": (302, 403, 403, 403, 403, 403, 403, 200, 403),
    "/staff/tracking/period/{quarter}/waiting/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/tracking/period/{quarter}/activity/{garden}/": (
        *(302, 403, 403, 200, 200, 200, 403, 200, 403),
    ),
    "/staff/tracking/period/{quarter}/activity/{garden}/unsaved/": (
        *(302, 403, 200, 200, 200, 200, 200, 200, 403),
    ),
    "/staff/tracking/update/{said}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/tracking/update/{asked}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/budget/period/{quarter}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/budget/period/{quarter}/activity/{garden}/": (
        *(302, 403, 200, 200, 200, 200, 200, 200, 403),
    ),
    "/staff/risks/": (302, 403, 302, 302, 302, 302, 302, 302, 403),
    "/staff/risks/2020/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/risks/activity/{counted}/add/": (302, 403, 403, 200, 200, 200, 403, 200, 403),
    "/staff/risks/risk/{risk}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/risks/risk/{risk}/review/{quarter}/": (302, 403, 403, 200, 200, 200, 403, 200, 403),
    "/staff/blockers/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/blockers/activity/{counted}/add/": (302, 403, 403, 200, 200, 200, 403, 200, 403),
    "/staff/blockers/{blocker}/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    # Everybody has their own settings; the absence is of somebody else.
    "/staff/reminders/settings/": (302, *[200] * 8),
    "/staff/reminders/settings/phone/": (302, *[200] * 8),
    "/staff/reminders/settings/absences/add/": (302, *[200] * 8),
    "/staff/reminders/settings/absences/{absence}/": (302, *[404] * 8),
    "/staff/milestones/activity/{counted}/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/welfare/cases/": (302, 403, 200, 200, 200, 200, 200, 200, 403),
    "/staff/welfare/cases/{case}/": (302, 404, 404, 200, 200, 404, 404, 404, 404),
    # Personal kinds are visible only to their department, not to a pillar's lead or a planner.
    "/staff/records/activity/{helped}/add/": (302, 404, 404, 200, 200, 404, 404, 404, 404),
    "/staff/findings/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/findings/{finding}/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
}


@pytest.mark.parametrize("column", COLUMNS)
def test_every_page_for_every_role(
    client: Client, numbers: Numbers, sign_in: SignIn, column: str
) -> None:
    sign_in(client, column)

    expected = {url: answers[COLUMNS.index(column)] for url, answers in TABLE.items()}
    with queries_of_templates() as queries:
        statuses = {url: read(client, url.format(**numbers)).status_code for url in TABLE}
    assert statuses == expected
    assert queries == set()
