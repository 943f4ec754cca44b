"""Fixtures for the tables of roles: users of every column, and rows that their pages show."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from civic.notices.models import Notice, NoticeTemplate
from culture.models import Plot, Show
from gwonseon.messaging.actions import set_up_demo_sender
from gwonseon.messaging.stop_links import token_of
from gwonseon.office.lockout import hash_of_name
from gwonseon.office.models import Department, Dong, Holiday, User
from gwonseon.office.roles import ADMINISTRATOR, EDITOR, HEAD, PLANNER, READER, Role, roles
from gwonseon.uploads.actions import keep_upload
from plans.amendments.additions import content_of
from plans.amendments.propose import open_amendment, propose_addition
from plans.editing.nodes.actions import save_node
from plans.editing.reviews.actions import request_review
from plans.editing.sheets.actions import sheet_place
from plans.facilities import importing
from plans.ledger.actions import confirm_record
from plans.ledger.bulk import actions as many
from plans.ledger.models import Evidence, Finding
from plans.ledger.releases.actions import release_photo
from plans.progress.actions import hold_activity
from plans.reminders.calendars.actions import make_feed
from plans.reminders.links import mute_token
from plans.reminders.models import Absence
from plans.reports.exports.actions import ask, make_now
from plans.reports.exports.models import Export
from plans.reports.requests import Format, ReportKind, ReportRequest
from plans.reports.saved.actions import save_report
from plans.tracking.blockers.models import Blocker
from plans.tracking.closing.actions import close_period, request_reopening
from plans.tracking.closing.models import Closing
from plans.tracking.models import Period
from plans.tracking.periods import begin, set_up_periods
from plans.tree.models import Activity
from tests.factories.amendments import amend, requested
from tests.factories.ledger import FacilityFactory, RecordFactory
from tests.factories.messaging import parked_batch
from tests.factories.notices import approved, draft, sending, waiting
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.residents import NUMBER, sender, subscriber, to_many
from tests.factories.tracking import draft as drafted
from tests.factories.tracking import first_quarter, risk_of, submitted
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish
from welfare.models import SupportCase

# Keys of rows, and tokens of addresses.
Numbers = dict[str, int | str]
SignIn = Callable[[Client, str], None]

COLUMNS = (
    "nobody",
    "no role",
    "reader",
    "officer",
    "head",
    "safety",
    "welfare",
    "planner",
    "admin",
)


def role(code: str) -> Role:
    return next(one for one in roles if one.code == code)


def read(client: Client, url: str) -> HttpResponse:
    """Return the response of an address to GET; a streamed one is read to its end."""
    answer = client.get(url)
    if answer.streaming:
        answer.getvalue()
    return answer


@pytest.fixture
def seeded(db: None) -> None:
    """Load the plan that comes with the portal, before any other plan."""
    call_command("seed")


@pytest.fixture
def department() -> Department:
    return DepartmentFactory()


@pytest.fixture
def author(department: Department) -> User:
    """Return the author of amendment, uploads and notices, who is none of the columns' users."""
    return staff(PLANNER, department=department)


@pytest.fixture
def people(department: Department) -> dict[str, User]:
    """Each column's user. Officer and head are in the department that owns the rows."""
    given = {"reader": READER, "planner": PLANNER, "admin": ADMINISTRATOR}
    own = {"officer": EDITOR, "head": HEAD}
    return {
        "no role": UserFactory(),
        **{column: staff(group, department=department) for column, group in own.items()},
        **{
            column: staff(given.get(column) or role(column))
            for column in COLUMNS
            if column not in {"nobody", "no role", *own}
        },
    }


@pytest.fixture
def sign_in(people: dict[str, User]) -> SignIn:
    """Sign in as a column's user; nobody is signed out."""

    def signed_in(client: Client, column: str) -> None:
        client.logout()
        if column != "nobody":
            client.force_login(people[column])

    return signed_in


@pytest.fixture
def records(department: Department, author: User, settings: Settings, tmp_path: Path) -> Numbers:
    """Return the keys of records of 2020 below the safety pillar: a draft and confirmed ones."""
    settings.MEDIA_ROOT = tmp_path
    held = ActivityFactory(
        initiative__goal__pillar__plan__year=2020,
        initiative__goal__pillar__code="safety",
        department=department,
    )
    activity = ActivityFactory(initiative=held.initiative, department=department)
    helped = ActivityFactory(
        initiative=held.initiative, department=department, record_kind="contact"
    )
    below = {"initiative": held.initiative, "department": department}
    garden = ActivityFactory(**below, kind="plot")
    stage = ActivityFactory(**below, record_kind="performance")
    publish(held.plan)
    dong = Dong.objects.first()
    plot = Plot.objects.create(activity=garden, garden="예시 텃밭", number=1, dong=dong, area=16)
    moment = datetime(2020, 5, 1, 19, tzinfo=timezone.get_current_timezone())
    show = Show.objects.create(activity=stage, title="예시 공연", starts_at=moment, place="예시")
    activity = Activity.objects.get(pk=activity.pk)
    hold_activity(activity=held, reason="예시 까닭", by=staff(EDITOR, department=department))
    set_up_demo_sender()
    draft = RecordFactory(activity=activity)
    shown = Evidence.of("예시.pdf", Evidence.Type.DOCUMENT, b"%PDF-", record=draft)
    shown.save()
    done = RecordFactory(activity=activity)
    finding = Finding.objects.create(record=done, what="예시 고칠 것")
    photo, released = (
        Evidence.of(name, Evidence.Type.PHOTO, b"", record=done) for name in ("1.jpg", "2.jpg")
    )
    photo.save()
    released.save()
    confirm_record(record=done, version=0, by=staff(EDITOR, department=department))
    head = staff(HEAD, department=department)
    release_photo(photo=released, alt="예시", caption="", by=head)
    case = SupportCase.objects.create(
        activity=helped, year=2020, serial=1, opened_on=date(2020, 1, 2)
    )
    return {
        "counted": activity.pk,
        "helped": helped.pk,
        "case": case.pk,
        "held": held.pk,
        "written": draft.pk,
        "shown": shown.pk,
        "done": done.pk,
        "photo": photo.pk,
        "released": released.pk,
        "finding": finding.pk,
        "table": keep_upload(place=many.table_place(activity), rows=[], by=author).pk,
        "facility": FacilityFactory().pk,
        "shut": FacilityFactory(closed_on=date(2020, 1, 2)).pk,
        "places": keep_upload(place=importing.PLACE, rows=[], by=author).pk,
        "dong": dong.pk,
        "garden": garden.pk,
        "stage": stage.pk,
        "plot": plot.pk,
        "show": show.pk,
    }


def sent_notice(activity: int, department: Department) -> Notice:
    """Return a notice of the department that residents may read."""
    writer, approver = (staff(group, department=department) for group in (EDITOR, HEAD))
    item = Activity.objects.get(pk=activity)
    return sending(activity=item, by=writer, by_another=approver, title="예시 보낸 소식")


def blocker_of(activity: int, author: User) -> Blocker:
    """Return an open blocker of an activity, which its own department must resolve."""
    return Blocker.objects.create(
        activity_id=activity,
        what="예시",
        department_id=author.department_id,
        due_on=date(2020, 3, 1),
        raised_by=author,
    )


def absence_of(author: User) -> Absence:
    """Return an absence of the author that has not passed."""
    days = {"first_on": date(2020, 3, 1), "last_on": date(2999, 3, 1)}
    return Absence.objects.create(person=author, stand_in=UserFactory(), **days)


@pytest.fixture
def notices(department: Department, author: User, records: Numbers) -> Numbers:
    """Return the keys of notices: a draft, one that waits for approval, and an approved one."""
    of = {"activity": Activity.objects.get(pk=records["counted"]), "by": author}
    follower = subscriber()
    template = NoticeTemplate.objects.create(name="예시", news="notice", title="예시", text="예시")
    return {
        "resident": follower.resident_id,
        "memo": draft(**of).pk,
        "notice": waiting(**of).pk,
        "sending": approved(by_another=staff(HEAD, department=department), **of).pk,
        "sender": sender().pk,
        "template": template.pk,
    }


@pytest.fixture
def updates(author: User, records: Numbers) -> Numbers:
    """Return the keys of periods of 2020, one open, and of a draft and a submitted update."""
    about = {name: Activity.objects.get(pk=records[name]) for name in ("counted", "held")}
    quarter = first_quarter(about["held"].plan, by=author)
    of = {"period": quarter, "by": author}
    return {
        "quarter": quarter.pk,
        "later": quarter.pk + 1,
        "said": drafted(about=about["counted"], **of).pk,
        "asked": submitted(about=about["held"], **of).pk,
    }


@pytest.fixture
def closings(author: User) -> Numbers:
    """Return the keys of a closed period, and of the author's request to reopen another one."""
    asked, other = (closed_year(year, author) for year in (2018, 2019))
    reopening = request_reopening(closing=asked, reason="예시 까닭", by=author)
    return {"closing": other.pk, "reopening": reopening.pk}


def closed_year(year: int, by: User) -> Closing:
    """Return the closing of a plan's whole year."""
    plan = publish(ActivityFactory(initiative__goal__pillar__plan__year=year).plan)
    period = set_up_periods(plan=plan, kind=Period.Kind.YEAR, by=by)[0]
    begin(period, by)
    return close_period(period=period, version=period.version, by=by)


@pytest.fixture
def exports(closings: Numbers, author: User) -> Numbers:
    """Return the keys of the author's exports, one to make and one made, and of a saved report."""
    closing = Closing.objects.select_related("period__plan").get(pk=closings["closing"])
    plan = closing.period.plan

    def asked(kind: ReportKind) -> Export:
        request = ReportRequest(kind, plan, closing)
        return ask(request=request, format=Format.CSV, token=uuid4(), by=author)

    made = make_now(asked(ReportKind.AMENDMENTS))
    saved = save_report(
        request=ReportRequest(ReportKind.PLAN, plan, closing), name="예시", token=uuid4(), by=author
    )
    return {"export": asked(ReportKind.EVIDENCE).pk, "made": made.pk, "saved": saved.pk}


@pytest.fixture
def numbers(
    department: Department,
    author: User,
    records: Numbers,
    notices: Numbers,
    updates: Numbers,
    closings: Numbers,
    exports: Numbers,
) -> Numbers:
    """Return the keys of a draft plan of 2031 with a review, and a published one with an amendment.

    The published plan is of 2030. All is below the safety pillar and has a person in charge.
    """
    owned = {"initiative__department": department, "person": staff(PLANNER)}
    planned = ActivityFactory(
        initiative__goal__pillar__plan__year=2031,
        initiative__goal__pillar__code="safety",
        **owned,
    )
    save_node(
        node=planned, values={"text": "더 쓴 내용"}, version=planned.version, by=planned.person
    )
    beside = ActivityFactory(initiative=planned.initiative)
    ended = ActivityFactory(initiative=planned.initiative, retired_on=date(2031, 3, 1))
    fresh = InitiativeFactory(goal=planned.initiative.goal, department=department)
    public = ActivityFactory(
        initiative__goal__pillar__plan__year=2030,
        initiative__goal__pillar__code="safety",
        **owned,
    )
    publish(public.plan)
    set_up_periods(plan=public.plan, kind="half", by=author)
    request_review(initiative=planned.initiative, by=author)
    change = requested(Activity.objects.get(pk=public.pk), author, title="새 제목")
    applied = amend(Activity.objects.get(pk=records["stage"]), title="고친 제목")
    addition = propose_addition(
        amendment=open_amendment(plan=public.plan, by=author),
        level="pillar",
        parent=None,
        content=content_of("pillar", {"title": "새 축"}),
        by=author,
    )
    goal = planned.initiative.goal
    locked = UserFactory(email="hong@office.example", email_refused_at=timezone.now())
    Holiday.objects.create(on=date(2021, 3, 5), name="예시")
    AccessAttempt.objects.create(username=hash_of_name(locked.username), failures_since_start=1)
    TOTPDevice.objects.create(user=locked)
    return (
        records
        | notices
        | updates
        | closings
        | exports
        | {
            "upload": keep_upload(place=sheet_place(planned.plan), rows=[], by=author).pk,
            "draft": planned.pk,
            "beside": beside.pk,
            "ended": ended.pk,
            "fresh": fresh.pk,
            "public": public.pk,
            "above": planned.initiative_id,
            "goal": goal.pk,
            "pillar": goal.pillar_id,
            "change": change.pk,
            "note": change.changes.get().pk,
            "addition": addition.pk,
            "applied": applied.pk,
            "giver": planned.person_id,
            "taker": UserFactory().pk,
            "department": department.pk,
            "person": locked.pk,
            "sent": sent_notice(records["stage"], department).pk,
            "blocker": blocker_of(records["counted"], author).pk,
            "absence": absence_of(author).pk,
            "mute": mute_token(author.pk, "updates"),
            "calendar": make_feed(person=author),
            "risk": risk_of(Activity.objects.get(pk=records["counted"]), by=author).pk,
            "parked": str(parked_batch().pk),
            "stop": token_of(to_many(NUMBER).messages.get().pk),
            "closed": UserFactory(is_active=False, closed_on=date(2031, 1, 1)).pk,
        }
    )
