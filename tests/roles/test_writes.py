"""Every staff route that writes, for every role.

A refused request must leave every row of plans and accounts unchanged.
"""

import json
from collections.abc import Callable, Iterable
from copy import deepcopy
from functools import partial
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from gwonseon.office.models import AccessReview, Dong, Draft, Holiday, User
from gwonseon.office.roles import PLANNER
from plans.amendments.decide import amendment_stamp
from plans.amendments.models import Amendment
from plans.editing.handover import actions as handover
from plans.editing.reviews import actions as reviews
from plans.ledger.forms.records import asked_of
from plans.tracking.milestones.queries import stamp_of
from plans.tree.models import Activity, Initiative, Plan
from tests.factories.office import staff
from tests.plans.editing.forms import typed
from tests.plans.editing.sheets.workbooks import fill, saved, taken
from tests.roles.conftest import COLUMNS, Numbers, SignIn
from tests.roles.test_pages import TABLE
from tests.transactions import undone

pytestmark = pytest.mark.django_db

# Namespaces whose routes must all be in one of the tables.
SPACES = {
    "editing",
    "amendments",
    "workspace",
    "ledger",
    "findings",
    "facilities",
    "progress",
    "closing",
    "tracking",
    "budget",
    "risks",
    "reports",
    "cases",
    "registers",
    "notices",
    "notice_templates",
    "lookup",
    "messaging",
    "notices_budget",
    "office",
    "reminders",
}
# Routes of signing in and out, which no role restricts.
DOORS = {"office:sign_in", "office:sign_out"}
PASSWORD, NEW_PASSWORD = "예시 비밀번호 1", "예시 새 비밀번호 2"
NOT_OF_A_ROLE = {"last_login", "last_seen_at"}

Data = Callable[[Client, str, Numbers], dict[str, Any]]

WRITERS = {"officer", "head", "safety", "planner"}
READERS = {"reader", "officer", "head", "safety", "welfare", "planner"}
# All users who edit some part of a plan may edit facilities.
KEEPERS = {"officer", "head", "safety", "welfare", "planner"}
OWNERS = {"officer", "head"}
LEADERS = {"safety", "planner"}
APPROVERS = {"head", "safety", "planner"}
ADMIN = {"admin"}
# Routes of the user's own account are open to all staff.
STAFF = set(COLUMNS) - {"nobody"}
NOTICE = {
    "activity": "{public}",
    "nature": "information",
    "title": "예시 안내",
    "text": "예시 문안",
    "news": "notice",
    "pillars": "safety",
    "expires_at_0": "2099-01-01",
    "expires_at_1": "18:00",
    "sender": "{sender}",
    "version": "0",
    "token": str(uuid4()),
}
TEMPLATE = {"nature": "information", "news": "notice", "title": "예시", "text": "예시"}
BLOCKER = {
    "what": "예시",
    "department": "{department}",
    "due_on": "2020-03-01",
    "version": "0",
    "token": str(uuid4()),
}
RISK = {
    "title": "예시",
    "what": "예시",
    "likelihood": "3",
    "impact": "3",
    "response": "예시",
    "owner": "{person}",
    "version": "0",
    "token": str(uuid4()),
}
EVENING = {"starts_at_0": "2020-06-01", "starts_at_1": "19:00"}


def nothing(_desk: Client, _url: str, _numbers: Numbers) -> dict[str, Any]:
    return {}


def filled(**values: Any) -> Data:
    """Return a function that makes data of the page's form with some values replaced."""
    return lambda desk, url, numbers: typed(
        desk, url, **{name: str(value).format(**numbers) for name, value in values.items()}
    )


def sent(**values: str) -> Data:
    """Return a function that makes data of fixed values."""
    return lambda _desk, _url, numbers: {
        name: value.format(**numbers) for name, value in values.items()
    }


def sent_file(text: str) -> Data:
    """Return a function that makes data with a CSV file; D in it is replaced by a dong's name."""

    def data(_desk: Client, _url: str, _numbers: Numbers) -> dict[str, Any]:
        content = text.replace("D", str(Dong.objects.first())).encode()
        return {"file": SimpleUploadedFile("x.csv", content)}

    return data


def workbook(desk: Client, _url: str, numbers: Numbers) -> dict[str, Any]:
    book = taken(desk, Plan.objects.get(year=2031))
    fill(book, Activity.objects.get(pk=numbers["draft"]), 단위="회")
    return {"file": SimpleUploadedFile("plan.xlsx", saved(book))}


def document(_desk: Client, _url: str, _numbers: Numbers) -> dict[str, Any]:
    lines = "1 안전\n□ 목표\n○ 과제 : 활동\n"
    return {"year": "2040", "file": SimpleUploadedFile("plan.txt", lines.encode())}


def handed_over(desk: Client, _url: str, numbers: Numbers) -> dict[str, Any]:
    planner = User.objects.get(pk=desk.session["_auth_user_id"])
    found = handover.items_in_charge(planner, User.objects.get(pk=numbers["giver"]))
    return {
        "giver": numbers["giver"],
        "taker": numbers["taker"],
        "seen": handover.handover_stamp(found),
    }


def reviewed(_desk: Client, _url: str, numbers: Numbers) -> dict[str, Any]:
    seen = reviews.review_stamp(Initiative.objects.get(pk=numbers["above"]))
    return {"seen": seen, "note": "", "apply": ""}


def decided(_desk: Client, _url: str, numbers: Numbers) -> dict[str, Any]:
    amendment = Amendment.objects.get(pk=numbers["change"])
    return {"seen": amendment_stamp(amendment), "note": "", "apply": ""}


def one_day(_desk: Client, _url: str, numbers: Numbers, state: str = "draft") -> dict[str, Any]:
    asked = asked_of(Activity.objects.get(pk=numbers["counted"]))
    seen = {"version": "0", "state": state, "asked": json.dumps(asked)}
    return {"happened_on": "2020-03-03", "token": str(uuid4()), "note": "새 글"} | seen


def opening(_desk: Client, _url: str, numbers: Numbers) -> dict[str, Any]:
    return {"activity": numbers["helped"], "token": str(uuid4())}


# For each route that writes: the data, and the roles that may. Only its author may write an
# amendment or an uploaded workbook.
WRITES: dict[str, tuple[Data, set[str]]] = {
    "/staff/draft/": (sent(place="example", text="쓰다 만 글"), STAFF),
    "/staff/account/password/": (
        sent(old_password=PASSWORD, new_password1=NEW_PASSWORD, new_password2=NEW_PASSWORD),
        STAFF,
    ),
    "/staff/account/sign-out-everywhere/": (nothing, STAFF),
    "/staff/account/code/set-up/": (nothing, STAFF),
    "/staff/account/code/remove/": (nothing, set()),
    "/staff/people/add/": (sent(username="new-one", name="예시 새 사람"), ADMIN),
    "/staff/people/{person}/": (sent(name="예시 새 이름", version="0"), ADMIN),
    "/staff/people/{person}/close/": (nothing, ADMIN),
    "/staff/people/{person}/password/": (nothing, ADMIN),
    "/staff/people/{person}/unlock/": (nothing, ADMIN),
    "/staff/people/{person}/code-reset/": (nothing, ADMIN),
    "/staff/people/{person}/mail-again/": (nothing, ADMIN),
    "/staff/people/{closed}/reopen/": (nothing, ADMIN),
    "/staff/workdays/add/": (sent(on="2021-03-04", name="예시"), ADMIN),
    "/staff/workdays/2021-03-05/": (sent(name="예시 새 이름", version="0"), ADMIN),
    "/staff/workdays/2021-03-05/delete/": (sent(version="0"), ADMIN),
    "/staff/access-log/2020/1/": (sent(note="이상 없음"), ADMIN),
    "/staff/plans/add/": (sent(year="2040"), {"planner"}),
    "/staff/plans/document/": (document, {"planner"}),
    "/staff/plans/document/{upload}/": (nothing, set()),
    "/staff/plans/handover/do/": (handed_over, {"head", "planner"}),
    "/staff/plans/2031/shift/": (sent(shift="up:activity:{beside}"), LEADERS),
    "/staff/plans/2031/vision/": (sent(vision="예시 비전"), {"planner"}),
    "/staff/plans/2031/publish/": (filled(confirmed="on"), {"planner"}),
    "/staff/plans/2031/next/": (sent(year="2041", initiatives="{above}"), {"planner"}),
    "/staff/plans/2031/sheet/": (workbook, WRITERS),
    "/staff/plans/2031/sheet/{upload}/": (nothing, set()),
    "/staff/plans/2031/pillar/add/": (filled(title="새 축"), {"planner"}),
    "/staff/plans/2031/pillar/{pillar}/add/": (filled(title="새 목표"), LEADERS),
    "/staff/plans/2031/goal/{goal}/add/": (
        filled(title="새 과제", department="{department}"),
        WRITERS,
    ),
    "/staff/plans/2031/initiative/{above}/add/": (filled(title="새 활동"), WRITERS),
    "/staff/plans/2031/initiative/{above}/review/": (reviewed, APPROVERS),
    "/staff/plans/2031/initiative/{fresh}/review/request/": (nothing, WRITERS),
    "/staff/plans/2031/activity/{draft}/": (filled(title="새 제목"), WRITERS),
    "/staff/plans/2031/activity/{draft}/move/": (filled(parent="{fresh}"), LEADERS),
    "/staff/plans/2031/activity/{draft}/retire/": (sent(version="2"), WRITERS),
    "/staff/plans/2031/activity/{draft}/history/1/restore/": (sent(version="2"), WRITERS),
    "/staff/plans/2031/activity/{ended}/restore/": (sent(version="1"), WRITERS),
    "/staff/plans/2030/activity/{public}/": (filled(text="새 내용"), WRITERS),
    "/staff/plans/2030/addition/{addition}/": (sent(title="새 축", version="1", weight="1"), set()),
    "/staff/plans/2030/addition/{addition}/add/": (
        sent(title="새 목표", version="1", weight="1"),
        set(),
    ),
    "/staff/plans/2030/amendments/{change}/": (decided, APPROVERS),
    "/staff/plans/2030/amendments/{change}/withdraw/": (nothing, set()),
    "/staff/plans/2030/amendments/{change}/rebase/": (nothing, set()),
    "/staff/plans/2030/amendments/{change}/take-back/{note}/": (nothing, set()),
    "/staff/records/activity/{counted}/add/": (one_day, WRITERS),
    "/staff/records/{written}/edit/": (one_day, WRITERS),
    "/staff/records/{written}/confirm/": (sent(version="0"), WRITERS),
    "/staff/records/{written}/discard/": (sent(version="0"), WRITERS),
    "/staff/records/{done}/edit/": (partial(one_day, state="confirmed"), WRITERS),
    "/staff/records/evidence/{photo}/release/": (sent(alt="예시"), APPROVERS),
    "/staff/records/evidence/{released}/withdraw/": (nothing, APPROVERS),
    "/staff/records/{done}/void/": (sent(reason="두 번 적음"), WRITERS),
    "/staff/records/activity/{counted}/many/": (
        sent(pasted="추진일자\t인원(명)\n2020-03-03\t1"),
        WRITERS,
    ),
    "/staff/records/activity/{counted}/many/{table}/": (sent(confirm="1"), set()),
    "/staff/facilities/add/": (
        sent(name="예시 새 시설", kinds="park", dong="{dong}", version="0"),
        KEEPERS,
    ),
    "/staff/facilities/import/": (
        sent_file("이름,종류,동\n예시 시설,공원,D"),
        KEEPERS,
    ),
    "/staff/facilities/import/{places}/": (nothing, set()),
    "/staff/facilities/{facility}/": (
        sent(name="예시 새 이름", kinds="park", dong="{dong}", version="0"),
        KEEPERS,
    ),
    "/staff/facilities/{facility}/close/": (sent(day="2020-03-03"), KEEPERS),
    "/staff/facilities/{shut}/reopen/": (nothing, KEEPERS),
    "/staff/culture/plots/add/": (
        sent(activity="{garden}", garden="예시", number="2", dong="{dong}", area="10", version="0"),
        WRITERS,
    ),
    "/staff/culture/plots/{plot}/": (
        sent(garden="예시", number="1", dong="{dong}", area="10", version="0"),
        WRITERS,
    ),
    "/staff/culture/shows/add/": (
        sent(activity="{stage}", title="예시", place="예시", version="0", **EVENING),
        WRITERS,
    ),
    "/staff/culture/shows/{show}/": (
        sent(title="예시", place="예시", version="0", **EVENING),
        WRITERS,
    ),
    "/staff/progress/activity/{counted}/hold/": (sent(reason="예시 까닭"), WRITERS),
    "/staff/progress/activity/{held}/resume/": (nothing, WRITERS),
    "/staff/closing/{quarter}/": (filled(confirmed="on"), {"planner"}),
    "/staff/closing/versions/{closing}/reopen/": (sent(reason="예시 까닭"), {"planner"}),
    # The author of the request may not decide on it.
    "/staff/closing/reopenings/{reopening}/": (sent(approve=""), {"planner"}),
    "/staff/tracking/2031/": (sent(kind="quarter"), {"planner"}),
    "/staff/tracking/2030/drop/": (nothing, {"planner"}),
    "/staff/tracking/period/{quarter}/days/": (
        sent(opens_on="2020-04-01", due_on="2020-05-01", version="1"),
        {"planner"},
    ),
    "/staff/tracking/period/{later}/open/": (nothing, {"planner"}),
    "/staff/tracking/period/{quarter}/waiting/": (sent(seen="{asked}:1"), APPROVERS),
    "/staff/tracking/period/{quarter}/activity/{garden}/": (filled(results="예시"), WRITERS),
    # Everybody discards their own texts, and nobody has any.
    "/staff/tracking/period/{quarter}/activity/{garden}/unsaved/": (nothing, set()),
    "/staff/tracking/update/{said}/submit/": (sent(version="0"), WRITERS),
    "/staff/tracking/update/{said}/delete/": (sent(version="0"), WRITERS),
    "/staff/tracking/update/{asked}/take-back/": (sent(version="1"), WRITERS),
    "/staff/tracking/update/{asked}/approve/": (sent(version="1"), APPROVERS),
    "/staff/tracking/update/{asked}/return/": (sent(version="1", reason="예시"), APPROVERS),
    "/staff/budget/period/{quarter}/activity/{garden}/": (
        filled(contracted="2", spent="1", source="예시"),
        WRITERS,
    ),
    "/staff/risks/activity/{counted}/add/": (sent(**RISK), WRITERS),
    "/staff/risks/risk/{risk}/": (sent(**RISK), WRITERS),
    "/staff/risks/risk/{risk}/close/": (
        sent(day=str(timezone.localdate()), note="예시", version="0"),
        WRITERS,
    ),
    "/staff/risks/risk/{risk}/review/{quarter}/": (
        sent(likelihood="1", impact="1", note="예시", version="0"),
        WRITERS,
    ),
    "/staff/blockers/activity/{counted}/add/": (
        sent(**BLOCKER),
        WRITERS,
    ),
    "/staff/blockers/{blocker}/": (
        sent(**BLOCKER),
        WRITERS,
    ),
    "/staff/blockers/{blocker}/resolve/": (
        sent(day=str(timezone.localdate()), resolution="예시", version="0"),
        WRITERS,
    ),
    "/staff/milestones/activity/{counted}/": (
        sent(
            **{"lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0", "seen": stamp_of([])},
            **{"lines-0-title": "예시", "lines-0-planned_on": "2020-03-01"},
        ),
        WRITERS,
    ),
    "/staff/reminders/settings/": (sent(kinds="updates"), STAFF),
    "/staff/reminders/settings/phone/": (sent(number="01000001234", agree="on"), STAFF),
    # Nobody has a number or a calendar yet, and the absence is of somebody else.
    "/staff/reminders/settings/phone/remove/": (nothing, set()),
    "/staff/reminders/settings/calendar/": (nothing, STAFF),
    "/staff/reminders/settings/calendar/drop/": (nothing, set()),
    "/staff/reminders/settings/absences/add/": (
        sent(first_on="2020-03-01", last_on="2999-03-01", stand_in="{taker}"),
        STAFF,
    ),
    "/staff/reminders/settings/absences/{absence}/": (
        sent(first_on="2020-03-01", last_on="2999-03-02", stand_in="{taker}"),
        set(),
    ),
    "/staff/reports/make/": (
        sent(year="2030", kind="plan", format="csv", token=str(uuid4())),
        READERS,
    ),
    "/staff/reports/exports/{export}/stop/": (nothing, set()),
    "/staff/reports/saved/add/": (
        sent(year="2030", kind="plan", name="예시", token=str(uuid4())),
        READERS,
    ),
    # Only who saved a report changes it, who is none of these users.
    "/staff/reports/saved/{saved}/": (sent(name="예시", version="0"), set()),
    "/staff/reports/saved/{saved}/delete/": (sent(version="0"), set()),
    "/staff/reminders/settings/absences/{absence}/delete/": (nothing, set()),
    "/staff/welfare/cases/": (opening, OWNERS),
    "/staff/welfare/cases/{case}/": (sent(state="needs", version="0"), OWNERS),
    "/staff/notices/add/": (sent(**NOTICE), OWNERS),
    # Only its author may change a notice.
    "/staff/notices/{memo}/edit/": (sent(**NOTICE), set()),
    "/staff/notices/{memo}/submit/": (sent(version="0"), set()),
    "/staff/notices/{memo}/delete/": (sent(version="0"), set()),
    "/staff/notices/{notice}/take-back/": (sent(version="1"), set()),
    "/staff/notices/{notice}/approve/": (sent(version="1", recipients="1"), {"head", "planner"}),
    "/staff/notices/{notice}/return/": (sent(version="1", reason="예시"), {"head", "planner"}),
    "/staff/notices/{notice}/test/": (
        sent(number="01000001234", token=str(uuid4())),
        {"head", "planner"},
    ),
    "/staff/notices/{sending}/cancel/": (nothing, {"head", "planner"}),
    "/staff/notices/templates/add/": (sent(name="새 서식", version="0", **TEMPLATE), OWNERS),
    "/staff/notices/templates/{template}/": (
        sent(name="고친 서식", version="0", **TEMPLATE),
        OWNERS,
    ),
    "/staff/messages/stop/": (nothing, ADMIN),
    "/staff/messages/resume/": (nothing, ADMIN),
    "/staff/messages/switch/": (sent(gateway="bizgo"), set()),
    "/staff/messages/batch/{parked}/": (sent(decision="again"), ADMIN),
    "/staff/notices/budget/2021/": (
        sent(amount="3000000", sms_price="9.9", lms_price="30", version="0"),
        {"planner"},
    ),
    "/staff/findings/{finding}/": (sent(day="2020-03-05", note="고침"), WRITERS),
}


def of_app(label: str) -> list[type[Model]]:
    """Return an app's own tables."""
    return [one for one in apps.get_app_config(label).get_models() if not one._meta.proxy]


def tables() -> dict[str, type[Model]]:
    """Return the tables of plans, of accounts, their codes and their locks, by name."""
    apps_of_ours = ("plans", "uploads", "messaging", "welfare", "culture", "civic")
    others = [User, AccessReview, Holiday, TOTPDevice, AccessAttempt, Draft]
    models = [*(model for label in apps_of_ours for model in of_app(label)), *others]
    return {model._meta.db_table: model for model in models}


def contents(models: dict[str, type[Model]]) -> dict[str, str | None]:
    """Return a digest of what each of the tables says (1 query)."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(digest_of, models.values())))
        return dict(cursor.fetchall())


def digest_of(model: type[Model]) -> str:
    """Return the SQL that takes a table's name and a digest of its rows."""
    table = model._meta.db_table
    names = {field.column for field in model._meta.concrete_fields} - NOT_OF_A_ROLE
    quoted = ", ".join(f'"{name}"' for name in sorted(names))
    row = f"ROW({quoted})::text"
    return f"SELECT '{table}', md5(string_agg({row}, '|' ORDER BY {row})) FROM {table}"


def rows_written() -> dict[str, int]:
    """Return by table how many rows this transaction wrote, also what was undone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


def say_the_same(names: Iterable[str], before: dict[str, str | None]) -> bool:
    """Return whether the tables with these names say what they said before."""
    models = {name: model for name, model in tables().items() if name in names}
    return not models or contents(models).items() <= before.items()


def cookies_of(sign_in: SignIn, column: str) -> SimpleCookie:
    """Return the cookies of a column's user who has signed in."""
    visitor = Client()
    sign_in(visitor, column)
    return visitor.cookies


def test_every_write_for_every_role(
    client: Client, numbers: Numbers, sign_in: SignIn, subtests: pytest.Subtests
) -> None:
    desk = Client()
    desk.force_login(staff(PLANNER))
    cookies = {column: cookies_of(sign_in, column) for column in COLUMNS}
    before, written = contents(tables()), rows_written()
    for route, (data_of, allowed) in WRITES.items():
        url = route.format(**numbers)
        did = set()
        for column in COLUMNS:
            with undone():
                client.cookies = deepcopy(cookies[column])
                answer = client.post(url, data_of(desk, url, numbers))
                assert answer.status_code < 500
                earlier, written = written, rows_written()
                touched = dict(written.items() - earlier.items())
                if not say_the_same(touched, before):
                    did.add(column)
        with subtests.test(route):
            assert did == allowed


def test_every_staff_route_is_in_a_table(numbers: Numbers) -> None:
    tested = {resolve(url.format(**numbers)).view_name for url in [*TABLE, *WRITES]}
    assert names_in(get_resolver(), SPACES) - DOORS <= tested


def names_in(resolver: URLResolver, spaces: set[str], space: str = "") -> set[str]:
    """Return the names of the routes in some namespaces."""
    found = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found |= names_in(entry, spaces, entry.namespace or space)
        elif isinstance(entry, URLPattern) and space in spaces:
            found.add(f"{space}:{entry.name}")
    return found
