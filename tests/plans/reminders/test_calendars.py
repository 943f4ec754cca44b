"""A person's calendar: what stands in it, who may read it, and what it never tells."""

import logging
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from gwonseon.celery import app
from gwonseon.office.models import User
from plans.reminders.calendars.actions import drop_feed, make_feed
from plans.reminders.calendars.models import Entry, Feed
from plans.reminders.calendars.sync import CANCELLED_STAY, sync_entries
from plans.reminders.muting.actions import mute, set_wanted
from plans.tracking.milestones.models import Milestone
from tests.factories.office import UserFactory
from tests.factories.tree import ActivityFactory, PlanFactory, publish
from tests.plans.together import together

pytestmark = pytest.mark.django_db

TODAY = date(2021, 3, 2)
DUE = date(2021, 3, 12)


def milestones_of(*people: User, due: date = DUE) -> list[Milestone]:
    """Return a milestone for each person, who is in charge of its activity."""
    plan = PlanFactory(year=2021)
    activities = [
        ActivityFactory(initiative__goal__pillar__plan=plan, person=person) for person in people
    ]
    publish(plan)
    return [
        Milestone.objects.create(activity=one, title=f"예시 일정 {number}", planned_on=due)
        for number, one in enumerate(activities)
    ]


def url_of(secret: str) -> str:
    return reverse("calendars:feed", args=[secret])


def events_in(content: bytes) -> list[Event]:
    return Calendar.from_ical(content).walk("VEVENT")


def event_after(client: Client, secret: str, on: date = TODAY) -> Event:
    """Return the only event of a calendar after it was brought in line."""
    sync_entries(on)
    (event,) = events_in(client.get(url_of(secret)).content)
    return event


def test_a_calendar_has_the_day_with_its_page(client: Client) -> None:
    person = UserFactory()
    (milestone,) = milestones_of(person)
    secret = make_feed(person=person)
    event = event_after(client, secret)

    entry = Entry.objects.get()
    assert event.decoded("dtstart") == DUE
    assert event.decoded("duration") == timedelta(days=1)
    assert event["summary"] == f"{milestone.activity.shown_title}: 예시 일정 0"
    assert event["url"] == f"{settings.PORTAL_URL}{entry.url}"
    assert event["uid"] == str(entry.uid)
    assert event.decoded("dtstamp") == entry.changed_at.replace(microsecond=0)
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
    page = client.get(url_of(secret))
    assert page["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(page.content)
    assert calendar.decoded("refresh-interval") == timedelta(hours=1)
    assert (calendar["method"], calendar["x-wr-calname"]) == ("PUBLISH", "구정계획 기한")
    assert person.name not in page.text


def test_an_event_is_known_again_when_it_moves_ends_and_comes_back(client: Client) -> None:
    person = UserFactory()
    (milestone,) = milestones_of(person)
    secret = make_feed(person=person)
    first = event_after(client, secret)
    assert sync_entries(TODAY) == 0

    steps = []
    for change in (
        {"planned_on": date(2021, 4, 1)},
        {"done_on": TODAY, "evidence": "예시"},
        {"done_on": None, "evidence": ""},
    ):
        Milestone.objects.filter(pk=milestone.pk).update(**change)
        event = event_after(client, secret)
        assert event["uid"] == first["uid"]
        steps.append((event["sequence"], event["status"], event.decoded("dtstart")))

    moved = date(2021, 4, 1)
    assert steps == [(1, "CONFIRMED", moved), (2, "CANCELLED", moved), (3, "CONFIRMED", moved)]


def test_a_kind_that_is_turned_off_leaves_the_calendar(client: Client) -> None:
    person = UserFactory()
    milestones_of(person)
    secret = make_feed(person=person)
    sync_entries(TODAY)

    mute(person=person, rule="milestones")
    assert event_after(client, secret)["status"] == "CANCELLED"
    set_wanted(codes=["milestones"], by=person)
    assert event_after(client, secret)["status"] == "CONFIRMED"


def test_a_calendar_has_only_its_own_person_s_days(client: Client) -> None:
    one, another = UserFactory(), UserFactory()
    milestones_of(one, another)
    secrets = [make_feed(person=person) for person in (one, another)]
    sync_entries(TODAY)

    summaries = [events_in(client.get(url_of(secret)).content)[0]["summary"] for secret in secrets]
    assert [summary[-4:] for summary in summaries] == ["일정 0", "일정 1"]
    assert Entry.objects.count() == 2


def test_a_calendar_has_its_days_at_once(client: Client) -> None:
    person, next_year = UserFactory(), date(timezone.localdate().year + 1, 1, 4)
    milestones_of(person, due=next_year)

    assert events_in(client.get(url_of(make_feed(person=person))).content)


def test_nobody_without_an_address_costs_anything() -> None:
    milestones_of(UserFactory())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert sync_entries(TODAY) == 0
    # The addresses, and old entries, within a savepoint.
    assert len(queries) == 4
    assert not Entry.objects.exists()


@pytest.mark.parametrize("size", [1, 3])
def test_a_sync_makes_as_many_queries_for_many_as_for_one(
    size: int, django_assert_num_queries: Callable[..., CaptureQueriesContext]
) -> None:
    people = UserFactory.create_batch(size)
    milestones_of(*people, UserFactory())
    for person in people:
        make_feed(person=person)
    cache.clear()
    with django_assert_num_queries(19):
        assert sync_entries(TODAY) == size


def test_what_was_cancelled_long_ago_is_deleted() -> None:
    person = UserFactory()
    (milestone,) = milestones_of(person)
    make_feed(person=person)
    sync_entries(TODAY)
    Milestone.objects.filter(pk=milestone.pk).update(done_on=TODAY, evidence="예시")
    sync_entries(TODAY)
    long_ago = timezone.now() - CANCELLED_STAY
    Entry.objects.update(changed_at=long_ago + timedelta(minutes=1))
    sync_entries(TODAY)
    assert Entry.objects.exists()

    Entry.objects.update(changed_at=long_ago)
    sync_entries(TODAY)
    assert not Entry.objects.exists()


def test_a_new_address_ends_the_old_one_and_the_events_stay_the_same(client: Client) -> None:
    person = UserFactory()
    milestones_of(person)
    old = make_feed(person=person)
    uid = event_after(client, old)["uid"]
    new = make_feed(person=person)

    assert client.get(url_of(old)).status_code == 404
    assert event_after(client, new)["uid"] == uid
    assert new not in str(list(Feed.objects.values()))


def test_wrong_ended_and_closed_addresses_get_the_same_answer(client: Client) -> None:
    dropped, closed = UserFactory(), UserFactory()
    secrets = [make_feed(person=person) for person in (dropped, closed)]
    drop_feed(person=dropped)
    drop_feed(person=dropped)
    User.objects.filter(pk=closed.pk).update(is_active=False, closed_on=TODAY)

    answers = [client.get(url_of(secret)) for secret in (*secrets, "예시", "x" * 43)]
    assert [one.status_code for one in answers] == [404] * 4
    assert len({one.content for one in answers}) == 1
    assert sync_entries(TODAY) == 0


def test_an_unchanged_calendar_is_not_sent_again(client: Client) -> None:
    person = UserFactory()
    secret = make_feed(person=person)
    page = client.get(url_of(secret))
    assert page["Cache-Control"] == "private, no-cache"

    again = client.get(url_of(secret), headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    milestones_of(person)
    sync_entries(TODAY)
    changed = client.get(url_of(secret), headers={"If-None-Match": page["ETag"]})
    assert events_in(changed.content)
    assert client.head(url_of(secret))["ETag"] == changed["ETag"]


def test_no_log_has_an_address(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Also of one that is asked for in a wrong way, or has lost its ending."""
    caplog.set_level(logging.DEBUG)
    secret = make_feed(person=UserFactory())
    url = url_of(secret)
    assert client.post(url).status_code == 405
    assert client.get(url.removesuffix(".ics")).status_code == 200
    Feed.objects.all().delete()
    for path in (url, url.removesuffix(".ics"), f"{url}/"):
        assert client.get(path).status_code == 404

    assert caplog.text.count("Not Found") == 3
    assert secret not in caplog.text


def test_the_schedule_names_a_tick_that_brings_calendars_in_line() -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["sync-calendars"]
    app.loader.import_default_modules()
    person, next_year = UserFactory(), date(timezone.localdate().year + 1, 1, 4)
    make_feed(person=person)
    milestones_of(person, due=next_year)

    app.tasks[entry["task"]].apply(throw=True)

    assert Entry.objects.get().on == next_year


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_each_day_once() -> None:
    people = UserFactory.create_batch(2)
    milestones_of(*people)
    for person in people:
        make_feed(person=person)

    written = together(*[lambda: sync_entries(TODAY)] * 3)

    assert sorted(written) == [0, 0, 2]
    assert Entry.objects.count() == 2
    assert set(Entry.objects.values_list("sequence", flat=True)) == {0}
