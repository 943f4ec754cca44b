"""Made-up notices, templates and budgets, for a database that is marked as a sample.

None of them is sent: one is a draft, one waits for approval, one is approved for a far year, and
those that were sent are written as finished, with messages that have no number.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from civic.notices.actions import approve, dispatch_of, save_notice, submit, write_notice
from civic.notices.budget.actions import set_budget
from civic.notices.models import Notice, NoticeTemplate
from civic.notices.queries import budget_of, cost_of, people_of, this_year
from civic.notices.recording import post_record
from civic.notices.wording import body_of, measure_of
from gwonseon.messaging.actions import set_up_demo_sender, usable_senders
from gwonseon.messaging.models import Dispatch, Message
from gwonseon.messaging.sealing import seal
from gwonseon.office.models import Department, User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER
from plans.samples.people import DEMO_DEPARTMENT, staff_of
from plans.subscriptions.models import Subscription
from plans.tree.models import Activity, Plan

# No server has this name.
PORTAL = "https://portal.example/my/stop/"
FAR = 10
# One message in so many did not arrive.
UNDELIVERED = 12
BUDGET = {"amount": 30_000, "sms_price": Decimal("9.9"), "lms_price": Decimal("29.5")}
TEMPLATES = (
    (
        "예시 공사 안내",
        Subscription.News.NOTICE,
        "예시 공사 안내",
        "예시: #{일시}에 #{장소}에서 공사를 합니다. 지나실 때 조심해 주세요.",
    ),
    (
        "예시 모집 안내",
        Subscription.News.JOINING,
        "예시 참여자 모집",
        "예시: #{일시}까지 #{이름}에 참여할 분을 모집합니다.",
    ),
)
WORDS = {"일시": "예시 날짜", "장소": "예시 거리"}


def notices(plan: Plan) -> None:
    """Add templates, budgets, and a notice in each state, in the name of the demo department."""
    NoticeTemplate.objects.bulk_create(
        NoticeTemplate(name=name, news=news, title=title, text=text)
        for name, news, title, text in TEMPLATES
    )
    department = Department.objects.get(name=DEMO_DEPARTMENT)
    author, head, planner = (staff_of(department, role) for role in (EDITOR, HEAD, PLANNER))
    ends = (in_year(plan.year), yesterday())
    for year in {this_year(), *(one.year for one in ends)}:
        set_budget(year=year, values=BUDGET, version=0, by=planner)
    values = common_values(plan, department)
    write_notice(values=values | {"title": "예시 도로 공사 안내"}, by=author)
    add_waiting(values | {"title": "예시 하수관 공사 안내"}, author)
    add_scheduled(values | {"title": "예시 보도 공사 안내"}, author, head)
    for ended in ends:
        add_sent(
            values | {"title": f"예시 가로등 공사 안내 {ended:%-m. %-d.}"}, ended, author, head
        )


def common_values(plan: Plan, department: Department) -> dict[str, Any]:
    """Return the values that all sample notices share; they are for one pillar."""
    set_up_demo_sender()
    rows = Activity.objects.filter(plan=plan, initiative__department=department)
    activity = rows.select_related(Activity.PILLAR_PATH, "plan").in_plan_order()[0]
    _name, news, _title, text = TEMPLATES[0]
    return {
        "activity": activity,
        "news": news,
        "pillars": [activity.initiative.goal.pillar.code],
        "text": text,
        "sender": usable_senders()[0],
        "expires_at": timezone.now() + timedelta(days=365),
    }


def add_waiting(values: dict[str, Any], author: User) -> Notice:
    """Add a notice that waits for approval."""
    notice = write_notice(values=values | {"words": WORDS}, by=author)
    return submit(notice=notice, version=notice.version, by=author, portal=PORTAL)


def add_scheduled(values: dict[str, Any], author: User, head: User) -> None:
    """Add a notice that is approved for a far year; it waits for approval where sending is off."""
    begins = in_year(this_year() + FAR)
    until = begins + timedelta(days=1)
    notice = add_waiting(values | {"send_at": begins, "expires_at": until}, author)
    if settings.SMS_GATEWAY:
        people = people_of(notice)
        approve(notice=notice, version=notice.version, recipients=people, by=head, portal=PORTAL)


def add_sent(values: dict[str, Any], ended: datetime, author: User, head: User) -> None:
    """Add a notice whose sending ended at a moment, with its messages and its record."""
    times = {"expires_at": ended + timedelta(days=1)}
    notice = write_notice(values=values | {"words": WORDS} | times, by=author)
    body = body_of(notice.text, notice.words)
    people = people_of(notice)
    kind = measure_of(body, notice.title, PORTAL).kind
    dispatch = dispatch_of(notice, PORTAL)
    dispatch.not_before = ended - timedelta(minutes=5)
    dispatch.state, dispatch.finished_at = Dispatch.State.DONE, ended
    dispatch.is_bulk, dispatch.sealed_text = True, seal(body)
    dispatch.save()
    write_messages(dispatch, people)
    save_notice(
        notice,
        state=Notice.State.DONE,
        written_at=ended - timedelta(hours=3),
        submitted_at=ended - timedelta(hours=2),
        approver=head,
        approved_at=ended - timedelta(hours=1),
        recipients=people,
        body=body,
        unit_price=cost_of(people, kind, budget_of(ended.year)).unit_price,
        dispatch=dispatch,
        finished_at=ended,
        left=people,
    )
    post_record(notice)


def write_messages(dispatch: Dispatch, people: int) -> None:
    """Add the messages of a finished dispatch, without numbers; some did not arrive (1 query)."""
    states = [Message.State.DELIVERED] * (UNDELIVERED - 1) + [Message.State.UNDELIVERED]
    Message.objects.bulk_create(
        Message(dispatch=dispatch, state=states[n % UNDELIVERED], changed_at=dispatch.finished_at)
        for n in range(people)
    )


def in_year(year: int) -> datetime:
    """Return a moment of a year when messages may be sent."""
    return datetime(year, 6, 15, 10, tzinfo=timezone.get_default_timezone())


def yesterday() -> datetime:
    """Return yesterday's morning."""
    return timezone.localtime().replace(hour=10, minute=0, second=0) - timedelta(days=1)
