"""What residents see of sent notices: the list, each notice, the feed, and panels of plan items."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from civic.notices.actions import cancel
from civic.notices.models import Notice
from civic.notices.public.queries import notices_of, sent_notices
from civic.notices.sending import finish, go_on
from gwonseon.messaging.models import Dispatch, Message, Sender
from gwonseon.office.models import Department
from plans.tree.models import Activity
from tests.civic.notices.conftest import FOLLOWERS, Office
from tests.factories.notices import approved, draft, sending, waiting
from tests.factories.tree import (
    ActivityFactory,
    GoalFactory,
    InitiativeFactory,
    PlanFactory,
    publish,
)

pytestmark = pytest.mark.django_db

Show = Callable[[str], str]
Send = Callable[..., Notice]

LIST = "/notices/"
FEED = "/notices/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"
TITLE = "예시 보낸 소식"


@pytest.fixture
def show(client: Client) -> Show:
    """Return a function that gets a page, requires status 200, and returns its main text."""

    def text_of(url: str) -> str:
        response = client.get(url)
        assert response.status_code == 200, url
        main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
        return " ".join(re.sub(r"<[^>]+>", " ", main).split())

    return text_of


@pytest.fixture
def send(office: Office, followers: tuple[str, ...]) -> Send:
    """Return a function that makes a notice whose sending has begun."""

    def sent(**about: object) -> Notice:
        usual = {"activity": office.activity, "by": office.author, "title": TITLE}
        return sending(by_another=office.head, **usual | about)

    return sent


@pytest.fixture
def pair(db: None) -> tuple[Activity, Activity]:
    """Return two activities of one initiative of the welfare pillar, in a published plan."""
    goal = GoalFactory(pillar__plan__year=2030, pillar__code="welfare")
    initiative = InitiativeFactory(goal=goal)
    first, second = (ActivityFactory(initiative=initiative) for _number in range(2))
    publish(goal.plan)
    rows = Activity.objects.select_related("plan", "initiative__plan")
    return rows.get(pk=first.pk), rows.get(pk=second.pk)


def end(notice: Notice) -> Notice:
    """End a notice all of whose messages the gateway accepted."""
    go_on(notice, until=0)
    messages = Message.objects.filter(dispatch=notice.dispatch)
    messages.update(state=Message.State.ACCEPTED)
    over = {"state": Dispatch.State.DONE, "finished_at": timezone.now()}
    Dispatch.objects.filter(pk=notice.dispatch_id).update(**over)
    finish(Notice.objects.select_related("dispatch").get(pk=notice.pk))
    return Notice.objects.get(pk=notice.pk)


def stop(notice: Notice, office: Office, *, left: int) -> Notice:
    """Cancel a notice of which some messages had left."""
    go_on(notice, until=0)
    messages = Message.objects.filter(dispatch=notice.dispatch).order_by("pk")
    some = messages.values_list("pk", flat=True)[:left]
    Message.objects.filter(pk__in=[*some]).update(state=Message.State.ACCEPTED)
    cancel(notice=notice, by=office.head)
    return Notice.objects.get(pk=notice.pk)


def page_of(notice: Notice) -> str:
    return reverse("sent_notices:notice", args=[notice.pk])


@pytest.mark.parametrize("make", ["draft", "waiting", "approved", "approved for later"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_no_notice_is_seen_before_its_sending_begins(
    office: Office, followers: tuple[str, ...], client: Client, make: str, signed_in: bool
) -> None:
    about = {"activity": office.activity, "by": office.author, "title": TITLE}
    if make == "approved for later":
        about["send_at"] = timezone.now() + timedelta(days=1)
    notice = {
        "draft": draft,
        "waiting": waiting,
    }.get(make, lambda **given: approved(by_another=office.head, **given))(**about)
    if signed_in:
        client.force_login(office.author)

    assert client.get(page_of(notice)).status_code == 404
    item = office.activity.get_absolute_url()
    above = office.activity.initiative.get_absolute_url()
    for url in (LIST, FEED, item, above, "/"):
        assert TITLE not in client.get(url).content.decode(), url


@pytest.mark.parametrize("key", ["0", "999999", "9" * 40])
def test_a_key_without_a_notice_is_not_found(db: None, client: Client, key: str) -> None:
    assert client.get(f"/notices/{key}/").status_code == 404


def test_a_notice_that_was_cancelled_before_anything_left_is_not_seen(
    office: Office, send: Send, client: Client, show: Show
) -> None:
    notice = stop(send(), office, left=0)

    assert client.get(page_of(notice)).status_code == 404
    assert TITLE not in show(LIST)


def test_a_notice_that_is_being_sent_shows_no_number_of_people(send: Send, show: Show) -> None:
    notice = send()

    page = show(page_of(notice))
    assert "지금 보내는 중입니다" in page
    assert "보낸 사람 수" not in page
    assert "3명" not in page
    assert "보내는 중" in show(LIST)


def test_a_sent_notice_is_shown_whole(office: Office, send: Send, show: Show) -> None:
    Department.objects.filter(pk=office.activity.department_id).update(
        name="예시소통과", phone="031-000-1234"
    )
    text = "첫째 줄 <b>굵게</b>\n둘째 줄 " + "긴 글 " * 100 + "끝"
    notice = end(send(text=text, nature="safety", news="notice"))

    page = show(page_of(notice))
    assert TITLE in page
    assert "[권선구] 첫째 줄 &lt;b&gt;굵게&lt;/b&gt;" in page
    assert page.count("긴 글") == 100
    assert "둘째 줄" in page
    assert "안전" in page
    assert "생활 안내" in page
    assert "예시소통과" in page
    assert "031-000-1234" in page
    assert "031-000-0000" in page
    assert office.activity.shown_title in page
    assert "보낸 사람 수 3명" in page
    day = timezone.localtime(notice.approved_at)
    assert f"{day.year}. {day.month}. {day.day}." in page
    assert "멈췄습니다" not in page


def test_lines_of_the_body_stay_lines(send: Send, client: Client) -> None:
    notice = send(text="첫째 줄\n둘째 줄\n\n셋째 줄")

    page = client.get(page_of(notice)).content.decode()
    assert "<p>[권선구] 첫째 줄<br>둘째 줄</p>" in page
    assert "<p>셋째 줄</p>" in page


def test_a_notice_leads_to_its_activity(office: Office, send: Send, client: Client) -> None:
    page = client.get(page_of(send())).content.decode()

    assert f'href="{office.activity.get_absolute_url()}"' in page
    assert f'href="{LIST}"' in page


def test_a_notice_of_an_unpublished_plan_does_not_reveal_it(
    office: Office, send: Send, client: Client
) -> None:
    hidden = ActivityFactory(
        initiative__goal__pillar__plan=PlanFactory(year=2040), title="예시 숨은 활동"
    )
    notice = send(activity=hidden)

    page = client.get(page_of(notice)).content.decode()
    assert TITLE in page
    assert "예시 숨은 활동" not in page
    assert "/2040/" not in page


def test_a_notice_that_was_stopped_midway_says_so(office: Office, send: Send, show: Show) -> None:
    notice = stop(send(), office, left=2)

    page = show(page_of(notice))
    assert "보내던 중에 멈췄습니다" in page
    assert "보낸 사람 수 2명" in page
    assert "지금 보내는 중입니다" not in page


def test_the_list_has_day_department_kind_nature_and_first_words(
    office: Office, send: Send, show: Show
) -> None:
    Department.objects.filter(pk=office.activity.department_id).update(name="예시소통과")
    notice = end(send(nature="safety", text="첫 낱말 " + "긴 글 " * 100 + "마지막"))

    page = show(LIST)
    day = timezone.localtime(notice.approved_at)
    assert f"{day.year}. {day.month}. {day.day}." in page
    for words in (TITLE, "예시소통과", "생활 안내", "안전", "첫 낱말"):
        assert words in page, words
    assert "마지막" not in page


def test_the_list_says_how_to_receive_notices(client: Client) -> None:
    page = client.get(LIST).content.decode()

    assert "아직 보낸 문자 소식이 없습니다." in page
    main = page.split("<main", 1)[1].split("</main>")[0]
    assert f'href="{reverse("subscriptions:home")}"' in main
    assert f'href="{FEED}"' in main
    assert 'rel="alternate" type="application/atom+xml"' in page


def test_what_began_last_comes_first(office: Office, send: Send) -> None:
    now = timezone.now()
    later = send(title="나중에 나간 것", send_at=now + timedelta(hours=1))
    earlier = send(title="먼저 나간 것")

    assert [*sent_notices()] == [later, earlier]


def test_a_long_list_has_pages(send: Send, client: Client) -> None:
    notices = [send(title=f"예시 {number}") for number in range(21)]

    first = client.get(LIST).content.decode()
    assert first.count('class="result-item"') == 20
    assert "예시 20" in first
    assert 'href="?page=2"' in first
    assert 'name="news"' in first
    second = client.get(LIST, {"page": "2"}).content.decode()
    assert second.count('class="result-item"') == 1
    assert page_of(notices[0]) in second


@pytest.mark.parametrize("page", ["0", "-1", "999", "abc", ""])
def test_an_invalid_page_number_shows_a_page(send: Send, client: Client, page: str) -> None:
    send()
    assert TITLE in client.get(LIST, {"page": page}).content.decode()


def test_the_list_is_filtered_by_kind_of_news_and_pillar(
    pair: tuple[Activity, Activity], send: Send, client: Client
) -> None:
    """A pillar's notices are those to its followers, and those of its activities."""
    send(activity=pair[0])

    asked = [{"news": "notice"}, {"pillar": "safety"}, {"pillar": "welfare", "news": "notice"}]
    for query in asked:
        assert TITLE in client.get(LIST, query).text, query
    for query in [{"news": "event"}, {"pillar": "culture"}, {"pillar": "safety", "news": "plan"}]:
        page = client.get(LIST, query).text
        assert TITLE not in page, query
        assert "고른 조건에 맞는 문자 소식이 없습니다." in page
        assert 'name="news"' in page


def test_a_filter_that_does_not_exist_says_so(send: Send, client: Client) -> None:
    send()
    response = client.get(LIST, {"news": "없는것"})

    assert response.status_code == 200
    assert "소식의 종류" in response.content.decode()
    assert "error-summary" in response.content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_pages_cost_the_same_queries_for_any_number(
    pair: tuple[Activity, Activity],
    send: Send,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    """A page that can be cached makes one more query, for the public state's number."""
    for number in range(size):
        notice = send(activity=pair[number % 2])
    for url, number in {LIST: 4, page_of(notice): 3, FEED: 2}.items():
        with django_assert_num_queries(number, info=url):
            assert client.get(url, {"again": "1"}).status_code == 200
    for item in (pair[0], pair[0].initiative, pair[0].plan):
        with django_assert_num_queries(1):
            assert notices_of(item)


def test_no_page_names_staff_or_recipients(office: Office, send: Send, client: Client) -> None:
    office.author.name, office.head.name = "예시 글쓴이", "예시 승인자"
    office.author.save()
    office.head.save()
    over, stopped = end(send()), stop(send(), office, left=2)

    urls = [LIST, FEED, page_of(over), page_of(stopped), office.activity.get_absolute_url()]
    for url in urls:
        page = client.get(url).content.decode()
        for secret in ("예시 글쓴이", "예시 승인자", office.author.username, office.head.username):
            assert secret not in page, url
        for number in FOLLOWERS:
            assert number not in page
            assert number[-4:] not in re.sub(r"<[^>]+>", " ", page)


@pytest.fixture
def feed(send: Send, client: Client) -> ET.Element:
    send(title="<b>첫째</b>")
    send(title="둘째", text="한 줄\n두 줄 <i>")
    response = client.get(FEED)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def test_the_feed_has_the_latest_notices(feed: ET.Element) -> None:
    assert feed.findtext(f"{ATOM}title") == "권선구 문자 소식"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "권선구청"
    latest, first = feed.findall(f"{ATOM}entry")
    assert latest.findtext(f"{ATOM}title") == "둘째"
    assert first.findtext(f"{ATOM}title") == "<b>첫째</b>"
    notice = Notice.objects.earliest("pk")
    link = first.find(f"{ATOM}link").attrib["href"]
    assert link == f"http://testserver{page_of(notice)}"
    assert latest.findtext(f"{ATOM}summary") == "<p>[권선구] 한 줄<br>두 줄 &lt;i&gt;</p>"
    assert first.findtext(f"{ATOM}published")


def test_the_feed_of_the_pillar_has_the_same_entries(feed: ET.Element, client: Client) -> None:
    pillar = ET.fromstring(client.get("/data/pillars/safety/feed/").content)
    ids = {one.findtext(f"{ATOM}id") for one in pillar.iter(f"{ATOM}entry")}
    assert {one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")} <= ids


def test_a_feed_has_the_requested_host_and_permanent_ids(
    feed: ET.Element, client: Client, settings: LazySettings
) -> None:
    settings.ALLOWED_HOSTS = ["plan.example"]

    response = client.get(FEED, headers={"host": "plan.example"})

    other = ET.fromstring(response.content).findall(f"{ATOM}entry")
    links = [entry.find(f"{ATOM}link").attrib["href"] for entry in other]
    assert all(link.startswith("http://plan.example/notices/") for link in links)
    ids = [entry.findtext(f"{ATOM}id") for entry in other]
    assert ids == [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == 2
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_the_feed_of_no_notices_is_valid(db: None, client: Client) -> None:
    response = client.get(FEED)

    assert ET.fromstring(response.content).findall(f"{ATOM}entry") == []


def test_pages_of_an_activity_and_its_initiative_show_its_notices(
    pair: tuple[Activity, Activity], send: Send, client: Client, show: Show
) -> None:
    first, second = pair
    item, above = first.get_absolute_url(), first.initiative.get_absolute_url()
    for url in (item, above):
        assert "문자 소식" not in show(url)
    of_first, of_second, elsewhere = send(activity=first), send(activity=second), send()

    page = client.get(item).text
    assert [page_of(one) in page for one in (of_first, of_second, elsewhere)] == [1, 0, 0]
    page = client.get(above).text
    assert [page_of(one) in page for one in (of_first, of_second, elsewhere)] == [1, 1, 0]
    assert f'href="{LIST}"' in page.split("<main", 1)[1]


def test_an_item_shows_the_five_latest_notices(office: Office, send: Send) -> None:
    notices = [send() for _number in range(6)]

    assert notices_of(office.activity).notices == notices[:0:-1]


def test_the_counting_activity_leads_to_all_notices(office: Office, client: Client) -> None:
    main = client.get(office.activity.get_absolute_url()).content.decode().split("<main", 1)[1]

    assert f'href="{LIST}"' in main.split("</main>")[0]


def test_the_plans_page_shows_its_latest_notices(
    office: Office, send: Send, client: Client
) -> None:
    notices = [send() for _number in range(4)]

    page = client.get("/").content.decode()
    assert [page_of(one) in page for one in notices] == [False, True, True, True]
    assert f'href="{LIST}"' in page.split("<main", 1)[1]


def test_the_menu_leads_to_the_notices(office: Office, client: Client) -> None:
    assert f'<a href="{LIST}" aria-current="page">문자 소식</a>' in client.get(LIST).text
    assert f'<a href="{LIST}">문자 소식</a>' in client.get("/").text


def test_without_a_plan_the_pages_stand(db: None, client: Client) -> None:
    assert client.get(LIST).status_code == 200
    assert f'<a href="{LIST}">문자 소식</a>' in client.get("/").text


def test_pages_refuse_post(send: Send, client: Client) -> None:
    for url in (LIST, FEED, page_of(send())):
        assert client.post(url).status_code == 405
        assert client.head(url).status_code == 200


@pytest.fixture
def kept(settings: LazySettings, transactional_db: None) -> None:
    """Turn on the page cache, with real commits, because commits make cached pages outdated."""
    settings.PAGE_CACHE = True


def test_a_kept_page_costs_one_query(
    kept: None, send: Send, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for url in (LIST, FEED, page_of(send())):
        first = client.get(url)
        with django_assert_num_queries(1):
            again = client.get(url)
        assert again.content == first.content


def test_pages_change_when_a_notice_begins(
    kept: None, office: Office, send: Send, client: Client
) -> None:
    urls = [LIST, FEED, "/", office.activity.get_absolute_url()]
    for url in urls:
        assert TITLE not in client.get(url).text
    notice = send()
    for url in (*urls, page_of(notice)):
        assert TITLE in client.get(url).text, url


def test_pages_change_when_a_notice_is_done(kept: None, send: Send, client: Client) -> None:
    notice = send()
    assert "지금 보내는 중입니다" in client.get(page_of(notice)).text
    assert "보내는 중" in client.get(LIST).text
    end(notice)
    assert "3명" in client.get(page_of(notice)).text
    assert "보내는 중" not in client.get(LIST).text


@pytest.mark.parametrize(("left", "status"), [(1, 200), (0, 404)])
def test_pages_change_when_a_notice_is_cancelled(
    kept: None, office: Office, send: Send, client: Client, left: int, status: int
) -> None:
    notice = send()
    assert "멈췄습니다" not in client.get(page_of(notice)).text
    assert TITLE in client.get(LIST).text
    stop(notice, office, left=left)
    response = client.get(page_of(notice))
    assert response.status_code == status
    assert ("멈췄습니다" in response.text) == bool(left)
    assert (TITLE in client.get(LIST).text) == bool(left)


def test_pages_change_with_the_department_and_the_sender(
    kept: None, office: Office, send: Send, client: Client
) -> None:
    url = page_of(send())
    client.get(url)
    Department.objects.filter(pk=office.activity.department_id).update(phone="031-000-4321")
    assert "031-000-4321" in client.get(url).text
    Sender.objects.update(number="0310009999")
    assert "031-000-9999" in client.get(url).text
