"""Five wrong passwords lock an account name for 15 minutes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.utils import timezone

from gwonseon.office.lockout import is_locked, unlock
from gwonseon.office.models import User
from gwonseon.office.tasks import clear_sign_in_failures
from tests.factories.office import UserFactory
from tests.krds.markup import Markup

URL = "/staff/sign-in/"
PASSWORD = "예시 비밀번호 1"
LOCKED = (
    "비밀번호가 여러 번 틀려 이 아이디의 로그인을 15분 동안 잠갔으니, 기다렸다가 다시 로그인하거나 "
    "관리자에게 잠금을 풀어 달라고 하세요."
)


@pytest.fixture
def staff(db: None) -> User:
    return UserFactory(username="예시Staff")


def attempt(username: str, password: str, **headers: str) -> int:
    """Try to sign in from a new browser; return the status."""
    data = {"username": username, "password": password}
    return Client().post(f"{URL}?next=/secret/", data, headers=headers).status_code


def lock(username: str) -> None:
    assert [attempt(username, "틀림") for _number in range(5)] == [200, 200, 200, 200, 429]


def test_after_five_failures_the_right_password_is_refused(staff: User, client: Client) -> None:
    lock("예시Staff")

    response = client.post(URL, {"username": "예시staff", "password": PASSWORD})
    assert response.status_code == 429
    response = client.post(URL, {"username": "예시Staff", "password": PASSWORD})
    page = Markup(response.content.decode())
    assert response.status_code == 429
    assert [page.words(one) for one in page.all("li") if one.text.strip() == LOCKED] == [LOCKED]
    assert page.one("input", name="username").attrs["value"] == "예시Staff"
    assert "_auth_user_id" not in client.session


def test_failures_are_counted_by_account_from_any_browser(staff: User) -> None:
    for number in range(4):
        attempt(
            "예시Staff", "틀림", user_agent=f"예시 {number}", x_forwarded_for=f"10.0.0.{number}"
        )
    assert attempt("예시Staff", "틀림", user_agent="또 다른 예시") == 429

    other = UserFactory()
    assert attempt(other.username, PASSWORD) == 302


def test_unknown_names_are_locked_in_the_same_way(db: None) -> None:
    lock("없는사람")


def test_the_lock_ends_after_15_minutes_despite_further_attempts(staff: User) -> None:
    lock("예시Staff")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert attempt("예시Staff", PASSWORD) == 429

    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert attempt("예시Staff", PASSWORD) == 302


def test_a_right_password_resets_the_count(staff: User) -> None:
    for _round in range(2):
        for _number in range(4):
            assert attempt("예시Staff", "틀림") == 200
        assert attempt("예시Staff", PASSWORD) == 302


def test_unlocking_works_at_once(staff: User) -> None:
    lock("예시Staff")
    assert is_locked(staff.username)

    unlock(staff.username)

    assert not is_locked(staff.username)
    assert attempt("예시Staff", PASSWORD) == 302


def test_no_typed_name_or_address_is_stored(staff: User) -> None:
    attempt("비밀번호를 여기에", "틀림", user_agent="예시 브라우저", accept="text/예시")

    (row,) = AccessAttempt.objects.values()
    kept = {name: value for name, value in row.items() if name not in {"id", "attempt_time"}}
    assert len(kept.pop("username")) == 64
    assert kept == {
        "user_agent": "<unknown>",
        "ip_address": "0.0.0.0",
        "http_accept": "<unknown>",
        "path_info": "<unknown>",
        "get_data": "",
        "post_data": "",
        "failures_since_start": 1,
    }


def test_old_failures_are_deleted(staff: User) -> None:
    attempt("예시Staff", "틀림")
    clear_sign_in_failures()
    assert AccessAttempt.objects.count() == 1

    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(hours=25))
    clear_sign_in_failures()
    assert not AccessAttempt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_moment_are_all_counted() -> None:
    def attempt_alone(_number: int) -> int:
        try:
            return attempt("예시Staff", "틀림")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(attempt_alone, range(4)))

    assert statuses == [200] * 4
    assert AccessAttempt.objects.get().failures_since_start == 4
