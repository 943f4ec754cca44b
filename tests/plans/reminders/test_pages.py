"""「내 알림」: what one was told oneself."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plans.reminders.collecting import make_digests
from plans.reminders.models import Digest
from tests.factories.office import UserFactory
from tests.plans.conftest import Read, read
from tests.plans.reminders.conftest import Quarter

__all__ = ["read"]

pytestmark = pytest.mark.django_db

MINE = reverse("reminders:mine")


def test_one_reads_only_ones_own_digests(client: Client, quarter: Quarter, read: Read) -> None:
    make_digests(date(2021, 4, 7))
    client.force_login(quarter.head)
    said = read(MINE)
    assert "2021. 4. 7. (수요일)" in said
    assert quarter.activity.shown_title in said

    client.force_login(UserFactory())
    assert "아직 알린 일이 없습니다." in read(MINE)


def test_what_was_merged_is_not_shown_twice(client: Client, quarter: Quarter, read: Read) -> None:
    for day in (7, 8):
        make_digests(date(2021, 4, day))
    client.force_login(quarter.head)

    said = read(MINE)

    assert "2021. 4. 8." in said
    assert "2021. 4. 7." not in said


def test_the_start_page_leads_here(client: Client, quarter: Quarter) -> None:
    client.force_login(quarter.head)

    assert f'href="{MINE}"' in client.get(reverse("workspace:home")).content.decode()


@pytest.mark.parametrize("days", [1, 3])
def test_the_page_costs_the_same_for_any_length(
    client: Client,
    quarter: Quarter,
    django_assert_num_queries: DjangoAssertNumQueries,
    days: int,
) -> None:
    for day in range(7, 7 + days):
        make_digests(date(2021, 4, day))
        Digest.objects.update(state=Digest.State.SENT)
    client.force_login(quarter.head)

    with django_assert_num_queries(8):
        client.get(MINE)
