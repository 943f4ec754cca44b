"""The access log is complete: requests to every route, with personal records that it may show.

Routes and forms are found, not listed, so that a new page that shows or writes personal data fails
here until it writes to the log.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from gwonseon.office.models import PersonalAccess, User
from plans.ledger.models import Evidence, Finding, Record
from plans.tree.models import Activity
from tests.factories.ledger import RecordFactory
from tests.factories.office import DepartmentFactory, UserFactory
from tests.factories.tree import ActivityFactory, publish
from tests.transactions import undone
from welfare.models import Contact, Delivery, SupportCase

pytestmark = pytest.mark.django_db

What = PersonalAccess.What
WRITTEN = {What.ADD, What.CHANGE, What.DELETE}
# The log's own pages name persons, but show none of their data.
THE_LOG = {"office:access_log", "office:access_month"}
# Tables with personal data: a request that changes none of them was no write.
TABLES = (Record, Contact, Delivery, SupportCase, Evidence, Finding)
# Routes whose writes must succeed here; a form that is not filled in correctly any more fails.
ACTS = {
    "cases:case",
    "cases:cases",
    "findings:finding",
    "ledger:record_add",
    "ledger:record_confirm",
    "ledger:record_discard",
    "ledger:record_edit",
    "ledger:record_void",
}
SHOWN = ACTS - {"ledger:record_confirm", "ledger:record_discard"} | {
    "findings:findings",
    "ledger:evidence",
    "ledger:record",
    "ledger:records",
    "ledger:records_file",
    "workspace:home",
    "workspace:pillar",
}

# Namespaces without personal data, or only the visitor's own: their pages may need rows that this
# test does not have.
OF_NOBODY = {
    *("admin", "amendments", "editing", "facilities", "office", "public", "registers"),
    # Of activities, not of persons.
    *("milestones", "blockers", "budget", "risks"),
    # Notices name no resident; tests/civic/notices/test_public.py checks that.
    *("sent_notices", "notices", "notice_templates", "notices_budget"),
    # Updates name nobody, and personal figures are counts for their own department.
    "tracking",
    # Residents' data; tests/residents/test_lookup.py checks their log.
    *("residents", "subscriptions", "lookup"),
    # Only sums that nobody can be worked out from; tests/plans/opendata/test_masking.py.
    "opendata",
    # Closed periods say what everybody may read; of drafts, activities are named.
    "closing",
    # Reports have figures that hide small personal numbers, and no personal record.
    "reports",
    # Everybody's own settings, and addresses that name nobody.
    *("reminders", "reminders_public", "calendars"),
    # The outbox names no number in full.
    "messaging",
}
# Bulk pages exist only for kinds that are not personal.
MANY = {"ledger:records_add", "ledger:records_form", "ledger:records_preview"}

# Unusual numbers: a response that contains one shows data of that row.
CONTACTS, DELIVERIES = 880100, 880200
DRAFT, DONE = 1, 2
# Keys of the activities, and of their single rows: case, file, finding.
ONE, DELIVERING = 880301, 880302
KEYS = (
    *(kind + state for kind in (CONTACTS, DELIVERIES) for state in (DRAFT, DONE)),
    *(ONE, DELIVERING),
)
NUMBER = "2021-7391"
THE_CASE = f"사례 {NUMBER}"
# Marks by person: a response that contains one of them shows that person's data. They are long
# enough to be in no random id by chance.
MARKS = {
    THE_CASE: (NUMBER, str(CONTACTS + DRAFT), str(CONTACTS + DONE), "예시로 찾은 것"),
    f"실적 {DELIVERIES + DRAFT}": (str(DELIVERIES + DRAFT), "7,350,003", "7350003"),
    f"실적 {DELIVERIES + DONE}": (str(DELIVERIES + DONE),),
}


@dataclass(frozen=True)
class Route:
    """A route's name and one address of it."""

    name: str
    url: str


def patterns(resolver: URLResolver, space: str = "", path: str = "/") -> Iterator[tuple[str, str]]:
    """Yield every route's name and its pattern."""
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from patterns(entry, inside, here)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", here


def routes(activity: Activity) -> list[Route]:
    """Return every route, once for each of the keys if it has a key.

    The admin's pages are alike for all tables, and many: they are requested for one record only.
    """
    words = {"pillar": activity.initiative.goal.pillar.slug, "initiative": activity.initiative.slug}
    words["activity"] = activity.slug
    found = set()
    for name, pattern in patterns(get_resolver()):
        takes_keys = re.search(r"<int:(?!year)", pattern) and not name.startswith("admin:")
        for key in KEYS if takes_keys else KEYS[:1]:
            filled = re.sub(r"(\w+)/<title:slug>", lambda one: f"{one[1]}/{words[one[1]]}", pattern)
            filled = re.sub(r"<(int|year):year>", "2021", filled)
            filled = filled.replace("<slug:level>", "activity").replace("<slug:code>", "welfare")
            filled = re.sub(r"<(int|path):\w+>|<id>", str(key), filled)
            filled = re.sub(r"\^?\(\?P<app_label>[^)]*\)/\$", "welfare/", filled)
            found.add(Route(name, filled.replace("(?P<url>.*)$", "x")))
    return sorted(found, key=lambda one: (one.name, one.url))


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """Store uploaded files in the test's own folder, and return it."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def activity(media: Path) -> Activity:
    """Return an activity of a personal kind; another kind's activity is added, too."""
    talking = ActivityFactory(
        pk=ONE,
        initiative__goal__pillar__plan__year=2021,
        initiative__goal__pillar__code="welfare",
        department=DepartmentFactory(),
        record_kind="contact",
    )
    ActivityFactory(
        pk=DELIVERING,
        initiative=talking.initiative,
        department=talking.department,
        record_kind="delivery",
        measure="quantity",
        unit="가구",
        counted="예시로 센 것",
    )
    publish(talking.plan)
    return Activity.objects.get(pk=ONE)


@pytest.fixture
def person(activity: Activity) -> User:
    """Return a user who may open every page."""
    facts = {"is_staff": True, "is_superuser": True, "department": activity.department}
    return UserFactory(**facts)


@pytest.fixture
def written(activity: Activity, person: User) -> None:
    """Add the person's records of both kinds: a draft and a confirmed one of each."""
    opened = {"activity": activity, "year": 2021, "opened_on": dt.date(2021, 1, 4)}
    case = SupportCase.objects.create(pk=ONE, serial=7391, **opened)
    for state in (DONE, DRAFT):
        facts = {"written_by": person, "activity": activity}
        talk = RecordFactory(pk=CONTACTS + state, **facts)
        Contact.objects.create(record=talk, case=case, service=Contact.Service.TALK)
        facts["activity"] = Activity.objects.get(pk=DELIVERING)
        round_ = RecordFactory(
            pk=DELIVERIES + state, quantity=7_350_000 + state + state % 2 * 2, **facts
        )
        Delivery.objects.create(record=round_, portions=20)
    Finding.objects.create(
        pk=ONE,
        record_id=CONTACTS + DONE,
        what="예시로 찾은 것",
        due_on=dt.date(2021, 3, 4),
        department=activity.department,
    )
    content = f"%PDF- {CONTACTS + DRAFT}".encode()
    facts = {"pk": ONE, "record": Record.objects.get(pk=CONTACTS + DRAFT)}
    Evidence.of("예시.pdf", Evidence.Type.DOCUMENT, content, **facts).save()
    for key in (CONTACTS + DONE, DELIVERIES + DONE):
        Record.objects.filter(pk=key).update(
            state=Record.State.CONFIRMED,
            confirmed_by=person,
            confirmed_at=dt.datetime.now(dt.UTC),
            confirmed_on=dt.date(2021, 3, 3),
        )


def told_by(answer: HttpResponse) -> set[str]:
    """Return the persons whose data a response shows, whatever its status."""
    body = answer.getvalue() if answer.streaming else answer.content
    if zipfile.is_zipfile(io.BytesIO(body)):
        book = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(book.read(name) for name in book.namelist())
    text = body.decode("utf-8", "ignore")
    return {subject for subject, marks in MARKS.items() if any(one in text for one in marks)}


def rows() -> list[list[dict[str, Any]]]:
    """Return all rows of personal data."""
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def logged(route: Route, person: User, *, after: int) -> dict[str, set[str]]:
    """Return the actions that the log has for a route, by person."""
    said: dict[str, set[str]] = {}
    if route.name in THE_LOG:
        return {subject: set() for subject in MARKS}
    for row in PersonalAccess.objects.filter(user=person, page=route.name, pk__gt=after):
        said.setdefault(row.subject, set()).add(row.what)
    return said


def last_row() -> int:
    """Return the key of the log's last row."""
    return PersonalAccess.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def sent_from(page: Any) -> dict[str, Any]:
    """Return the data of a page's forms as a browser sends it, with some values replaced."""
    context = page.context or {}
    forms = context["forms"].all if "forms" in context else [context.get("form")]
    sent: dict[str, Any] = {}
    for form in forms:
        for field in form or ():
            value = field.value()
            if value not in (None, "", []) and not field.field.widget.needs_multipart_form:
                sent[field.html_name] = value
    typed = {
        "version": "0",
        "token": str(uuid4()),
        "happened_on": "2021-03-02",
        "quantity": "5",
        "activity": ONE,
        # A record's form sends the state that it was opened in; a case's form needs the next state.
        "state": sent["state"] if "forms" in context else "needs",
        "reason": "두 번 적음",
        "day": "2021-03-05",
        "note": "예시로 고침",
        "detail-case": ONE,
        "detail-service": "care",
        "detail-portions": "9",
    }
    return sent | typed


def test_every_view_and_every_write_is_logged(
    client: Client, activity: Activity, person: User, written: None
) -> None:
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    reached, shown, acted, missing, before = set(), set(), set(), [], rows()
    for route in routes(activity):
        with undone():
            # A new client, so that no message or redirect of the last page is left.
            desk = Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={session}"})
            page = desk.get(route.url)
            told, said = told_by(page), logged(route, person, after=0)
            missing += [f"{route} shows {one}" for one in sorted(told - said.keys())]
            if page.status_code == HTTPStatus.NOT_FOUND:
                continue
            reached.add(route.name)
            after = last_row()
            answer = desk.post(route.url, sent_from(page))
            told_then, said_then = told_by(answer), logged(route, person, after=after)
            missing += [f"{route} answers {one}" for one in sorted(told_then - said_then.keys())]
            if rows() != before:
                acted.add(route.name)
                if not any(WRITTEN & acts for acts in said_then.values()):
                    missing.append(f"{route} writes")
            if told | told_then:
                shown.add(route.name)
    assert missing == []
    asked = {one.name for one in routes(activity)} - reached - MANY
    assert {name for name in asked if name.partition(":")[0] not in OF_NOBODY} == set()
    assert shown >= SHOWN
    assert acted >= ACTS


def test_a_page_logs_only_persons_that_it_shows(
    client: Client, activity: Activity, person: User, written: None
) -> None:
    client.force_login(person)
    for url in ("/staff/guide/", "/staff/records/new/", "/staff/progress/2021/", "/2021/progress/"):
        client.get(url)
    assert not PersonalAccess.objects.exists()
