"""Who gets a piece of news: one query, each number once."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from gwonseon.messaging.sealing import digest, unseal
from gwonseon.office.models import Dong
from gwonseon.refusals import RefusedError
from gwonseon.residents.actions import withdraw
from gwonseon.residents.consents import REQUIRED
from gwonseon.residents.models import ConsentEvent, Resident
from plans.subscriptions.actions import subscribe
from plans.subscriptions.audiences import audience, followers
from plans.subscriptions.models import Subscription
from tests.factories.residents import NUMBER, subscriber, verified_visit

pytestmark = pytest.mark.django_db

OTHER, THIRD = "01000005555", "01000006666"


def numbers(**about: object) -> list[str]:
    found = audience(**({"news": "notice"} | about))
    return sorted(unseal(one["sealed"]) for one in found)


def test_an_audience_has_two_columns_and_is_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    subscriber()
    with django_assert_num_queries(1):
        (row,) = audience(news="notice", pillars=["safety"])
    assert set(row) == {"mac", "sealed"}
    assert bytes(row["mac"]) == digest(NUMBER)


def test_who_follows_the_pillar_and_the_kind_of_news() -> None:
    subscriber()
    subscriber(OTHER, news=["event", "notice"], pillars=["welfare", "safety"])
    subscriber(THIRD, news=["event"])
    assert numbers(pillars=["safety"]) == [NUMBER, OTHER]
    assert numbers(pillars=["safety"], news="event") == [OTHER, THIRD]
    assert numbers(pillars=["culture"]) == []
    assert numbers() == []
    assert followers(news="notice", pillars=["safety"]).count() == 2


def test_who_follows_pillar_and_initiative_is_there_once() -> None:
    lineage = uuid4()
    subscriber(initiatives=[lineage, uuid4()])
    subscriber(OTHER, pillars=[], initiatives=[lineage])
    assert numbers(pillars=["safety", "civic"], initiatives=[lineage]) == [NUMBER, OTHER]
    assert numbers(initiatives=[lineage, uuid4()]) == [NUMBER, OTHER]
    assert numbers(initiatives=[uuid4()]) == []


def test_news_of_a_dong_reach_only_who_told_it() -> None:
    first, second, third = Dong.objects.all()[:3]
    subscriber(dong=first)
    subscriber(OTHER, dong=second)
    subscriber(THIRD)
    assert numbers(pillars=["safety"], dongs=[first, third]) == [NUMBER]
    assert numbers(pillars=["safety"], dongs=[first, second]) == [NUMBER, OTHER]
    assert numbers(pillars=["safety"]) == [NUMBER, OTHER, THIRD]


def test_choices_are_replaced_and_a_dong_needs_its_consent() -> None:
    visit, dong = verified_visit(), Dong.objects.first()
    chosen = {"visit": visit, "pillars": ["safety"], "initiatives": [], "news": ["notice"]}
    with pytest.raises(RefusedError, match="선택 동의"):
        subscribe(**chosen, consents=REQUIRED, dong=dong)
    subscribe(**chosen, consents=[*REQUIRED, "dong"], dong=dong)
    assert numbers(pillars=["safety"], dongs=[dong]) == [NUMBER]
    subscribe(**chosen | {"pillars": ["culture"]}, consents=[*REQUIRED, "dong"], dong=None)
    assert numbers(pillars=["safety"]) == []
    last = ConsentEvent.objects.filter(what="dong").order_by("pk").last()
    assert last.act == "withdrawn"
    assert Resident.objects.count() == Subscription.objects.count() == 1


@pytest.mark.parametrize("chosen", [{"pillars": []}, {"news": []}])
def test_who_chooses_nothing_is_refused_and_nothing_is_kept(chosen: dict) -> None:
    with pytest.raises(RefusedError, match="하나 이상"):
        subscriber(**chosen)
    assert not Resident.objects.exists()


@pytest.mark.parametrize("chosen", [{"pillars": ["x"]}, {"news": ["x"]}])
def test_the_database_knows_only_the_choices(chosen: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        subscriber(**chosen)


def test_choices_go_with_the_resident() -> None:
    subscriber(dong=Dong.objects.first())
    withdraw(mac=digest(NUMBER))
    assert not Subscription.objects.exists()
    assert numbers(pillars=["safety"]) == []


def test_nothing_of_residents_is_kept_as_history() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgrelid IN ('residents_resident'::regclass,"
            " 'plans_subscription'::regclass, 'residents_visit'::regclass) AND NOT tgisinternal"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("about", [{"pillars": ["safety"]}, {"initiatives": [uuid4()]}])
def test_followers_can_be_found_by_an_index(about: dict[str, list]) -> None:
    """Only bitmap scans stay enabled, because the planner's choice depends on the rows."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        plan = followers(news="notice", **about).values("pk").explain()
    assert "subscription_by_" in plan
    assert "Seq Scan" not in plan
