"""The form of choices and consents."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gwonseon.messaging.sealing import digest
from gwonseon.office.models import Dong
from gwonseon.residents import consents
from gwonseon.residents.models import ConsentEvent, Resident
from plans.subscriptions.models import Subscription
from plans.tree.models import Initiative, Plan
from tests.factories.residents import NUMBER
from tests.factories.tree import InitiativeFactory, PillarFactory, publish
from tests.residents.test_pages import CHOICES, CHOOSE, HOME, sign_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client) -> Client:
    sign_in(client)
    return client


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pillars": []}, "분야나 추진과제를 하나 이상"),
        ({"pillars": ["x"]}, "올바르게 선택"),
        ({"news": []}, "소식의 종류를 하나 이상"),
        ({"agree_collect": ""}, "이 칸에 표시해 주세요"),
        ({"agree_age": ""}, "이 칸에 표시해 주세요"),
        ({"dong": "1"}, "여기에도 표시하거나"),
        ({"dong": "999999", "agree_dong": "on"}, "올바르게 선택"),
    ],
)
def test_what_is_missing_gets_a_sentence_and_nothing_is_kept(
    visitor: Client, change: dict, said: str
) -> None:
    if change.get("dong") == "1":
        change = {"dong": Dong.objects.first().pk}
    sent = {name: value for name, value in (CHOICES | change).items() if value}
    assert said in text_of(visitor.post(CHOOSE, sent))
    assert not Resident.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_nothing_is_agreed_to_beforehand(visitor: Client) -> None:
    assert "checked" not in text_of(visitor.get(CHOOSE)).partition("<main")[2]


def test_the_form_comes_back_as_it_was_saved(visitor: Client) -> None:
    visitor.post(CHOOSE, CHOICES)
    form = visitor.get(CHOOSE).context["form"]
    assert form["pillars"].value() == ["safety"]
    assert form["agree_collect"].value() is True
    assert form["agree_dong"].value() is False


def test_a_new_wording_is_asked_for_again(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.post(CHOOSE, CHOICES)
    monkeypatch.setattr(consents, "VERSION", 2)
    assert visitor.get(CHOOSE).context["form"]["agree_collect"].value() is False
    visitor.post(CHOOSE, CHOICES)
    lines = ConsentEvent.objects.filter(mac=digest(NUMBER), what="collect").order_by("pk")
    assert [(one.act, one.wording) for one in lines] == [("given", 1), ("given", 2)]


def test_initiatives_of_the_published_plan_are_followed_by_lineage(
    visitor: Client, plan_2021: Plan
) -> None:
    page = text_of(visitor.get(CHOOSE))
    one = Initiative.objects.in_plan_order().first()
    assert one.shown_title in page
    assert "<details" in page
    sent = CHOICES | {"initiatives_0": [str(one.lineage)]}
    del sent["pillars"]
    assert visitor.post(CHOOSE, sent)["Location"].startswith(HOME)
    assert Subscription.objects.get().initiatives == [one.lineage]
    assert one.shown_title in text_of(visitor.get(HOME))
    assert "open" in text_of(visitor.get(CHOOSE)).partition("<details")[2][:60]


def test_a_draft_is_not_offered(visitor: Client) -> None:
    draft = InitiativeFactory(title="아직 비밀인 과제")
    assert draft.title not in text_of(visitor.get(CHOOSE))


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_queries_for_one_and_three(
    visitor: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    pillar = PillarFactory(code="safety")
    InitiativeFactory.create_batch(number, goal__pillar=pillar)
    publish(pillar.plan)
    visitor.post(CHOOSE, CHOICES)
    with django_assert_num_queries(8):
        visitor.get(CHOOSE)
    with django_assert_num_queries(6):
        visitor.get(HOME)
