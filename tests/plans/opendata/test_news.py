"""Feeds of pillars, and the calendar of public days."""

from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from culture.models import Show
from gwonseon.office.roles import PLANNER
from plans.tracking.milestones.models import Milestone
from plans.tree.models import Pillar
from tests.factories.amendments import amend
from tests.factories.ledger import recordable
from tests.factories.office import staff
from tests.factories.tracking import closed, first_quarter, reopened

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, code: str) -> list[tuple[str, str, str]]:
    """Return the title, address and id of each entry of a pillar's feed."""
    feed = ET.fromstring(client.get(f"/data/pillars/{code}/feed/").content)
    return [
        (
            one.findtext(f"{ATOM}title") or "",
            one.find(f"{ATOM}link").attrib["href"],
            one.findtext(f"{ATOM}id") or "",
        )
        for one in feed.iter(f"{ATOM}entry")
    ]


def test_a_pillars_feed_says_what_is_new(client: Client) -> None:
    pillars = {"initiative__goal__pillar__code": "safety"}
    activity = recordable(2021, **pillars)
    planner = staff(PLANNER)
    first_quarter(activity.plan, by=planner)
    closing = closed(activity.plan, by=planner)
    reopened(closing)
    closed(activity.plan, by=planner)
    title = activity.title
    amend(activity, title="예시 바뀐 활동")

    found = entries(client, "safety")
    assert [title for title, _address, _id in found] == [
        title,
        f"2021년 1분기 마감: {activity.initiative.goal.pillar.title} (2판)",
        f"2021년 1분기 마감: {activity.initiative.goal.pillar.title}",
        f"2021년 계획 공개: {activity.initiative.goal.pillar.title}",
    ]
    assert len({one for _title, _address, one in found}) == 4
    for _title, address, _id in found:
        assert client.get(address).status_code == 200
    assert entries(client, "welfare") == []
    assert client.get("/data/pillars/other/feed/").status_code == 404
    page = client.get(Pillar.objects.get().get_absolute_url()).content.decode()
    assert page.count("/data/pillars/safety/feed/") == 2


def test_the_calendar_has_the_public_days(client: Client) -> None:
    activity = recordable(2021)
    first_quarter(activity.plan, by=staff(PLANNER))
    Milestone.objects.create(activity=activity, title="예시 착공", planned_on=date(2021, 5, 4))
    starts_at = datetime(2021, 6, 5, 19, 30, tzinfo=timezone.get_default_timezone())
    show = Show.objects.create(
        activity=activity, title="예시 공연", starts_at=starts_at, place="예시 광장"
    )

    before = days(client)
    assert [about for _on, about, _status in before.values()] == [
        "2021년 1분기 마지막 날",
        f"{activity.title}: 예시 착공",
        "19:30 예시 공연, 예시 광장",
        "2021년 2분기 마지막 날",
        "2021년 3분기 마지막 날",
        "2021년 4분기 마지막 날",
    ]
    assert before == days(client)
    Show.objects.filter(pk=show.pk).update(cancelled_on=date(2021, 6, 1))
    changed = {uid for uid, one in days(client).items() if one != before[uid]}
    assert [before[uid][1] for uid in changed] == ["19:30 예시 공연, 예시 광장"]
    assert days(client).keys() == before.keys()


def days(client: Client) -> dict[str, tuple[date, str, str]]:
    """Return the day, text and status of each event by its uid, in the order of the days."""
    calendar = Calendar.from_ical(client.get("/data/calendar.ics").content)
    events = sorted(calendar.walk("VEVENT"), key=lambda one: one["dtstart"].dt)
    return {
        str(one["uid"]): (one["dtstart"].dt, str(one["summary"]), str(one["status"]))
        for one in events
    }
