"""Notices: drafts, those that wait for approval, approved ones, and those that are being sent."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from civic.notices.actions import approve, submit, write_notice
from civic.notices.models import Notice
from civic.notices.queries import people_of
from civic.notices.sending import begin
from gwonseon.office.models import User
from plans.tree.models import Activity
from tests.factories.residents import sender

PORTAL = "https://portal.example/my/stop/"


def draft(*, activity: Activity, by: User, **values: Any) -> Notice:
    """Return a draft for those who follow the safety pillar's notices."""
    values = {
        "activity": activity,
        "nature": Notice.Nature.INFORMATION,
        "news": "notice",
        "pillars": ["safety"],
        "title": "예시 안내",
        "text": "예시 문안입니다.",
        "sender": sender(),
        "expires_at": timezone.now() + timedelta(days=2),
    } | values
    return write_notice(values=values, by=by)


def waiting(**about: Any) -> Notice:
    """Return a notice that waits for approval; `about` is what `draft` takes."""
    notice = draft(**about)
    return submit(notice=notice, version=notice.version, by=notice.author, portal=PORTAL)


def approved(*, by_another: User, **about: Any) -> Notice:
    """Return an approved notice; somebody must follow it already."""
    notice = waiting(**about)
    return approve(
        notice=notice,
        version=notice.version,
        recipients=people_of(notice),
        by=by_another,
        portal=PORTAL,
    )


def sending(**about: Any) -> Notice:
    """Return a notice whose sending has begun; `about` is what `approved` takes."""
    notice = approved(**about)
    begin(notice)
    notice.refresh_from_db(fields=["state"])
    return notice
