"""Only administrators edit staff accounts."""

import logging
import re

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import DjangoAssertNumQueries

from gwonseon.office import roles
from gwonseon.office.lockout import is_locked
from gwonseon.office.models import User
from gwonseon.office.people import actions
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.krds.markup import Markup
from tests.office.codes import set_up

PEOPLE = reverse("office:people")
ADD = reverse("office:person_add")
PASSWORD = "예시 비밀번호 1"
ACTIONS = ["close", "reopen", "password", "unlock", "code_reset", "mail_again"]


@pytest.fixture
def admin(db: None, client: Client) -> User:
    user = staff(roles.ADMINISTRATOR, name="예시 관리자")
    client.force_login(user)
    return user


def page_of(person: User) -> str:
    return reverse("office:person", args=[person.pk])


def do(client: Client, person: User, name: str) -> str:
    """Press a button on the person's page; return the page that follows."""
    address = reverse(f"office:person_{name}", args=[person.pk])
    return client.post(address, follow=True).text


def group(role: roles.Role) -> Group:
    return Group.objects.get_or_create(name=role.name)[0]


def form_of(client: Client, person: User, **typed: object) -> dict[str, object]:
    """Return the form data that the browser would send, with some values replaced."""
    page = Markup(client.get(page_of(person)).text)
    boxes = page.all("input", name="roles")
    return {
        "name": page.one("input", name="name").attrs["value"],
        "department": person.department_id or "",
        "email": page.one("input", name="email").attrs.get("value", ""),
        "roles": [box.attrs["value"] for box in boxes if "checked" in box.attrs],
        "version": page.one("input", name="version").attrs["value"],
    } | typed


def temporary(html: str) -> str:
    return Markup(html).one("dd", class_="secret").text


@pytest.mark.parametrize("role", [None, roles.EDITOR, roles.HEAD, roles.PLANNER, roles.READER])
def test_strangers_and_other_roles_are_refused(
    db: None, client: Client, role: roles.Role | None
) -> None:
    person = UserFactory()
    pages = [PEOPLE, ADD, page_of(person)]
    posts = [reverse(f"office:person_{name}", args=[person.pk]) for name in ACTIONS]
    assert [client.get(url)["Location"] for url in pages] == [
        f"/staff/sign-in/?next={url}" for url in pages
    ]
    assert {client.post(url).status_code for url in [*posts, ADD, page_of(person)]} == {302}

    client.force_login(staff(role) if role else UserFactory())
    assert {client.get(url).status_code for url in pages} == {403}
    assert {client.post(url).status_code for url in [*posts, ADD, page_of(person)]} == {403}
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert person.is_active


def test_get_changes_nothing(admin: User, client: Client) -> None:
    person = UserFactory()

    for name in ACTIONS:
        assert client.get(reverse(f"office:person_{name}", args=[person.pk])).status_code == 405


def listed(client: Client, **asked: object) -> list[str]:
    page = Markup(client.get(PEOPLE, asked).text)
    return [page.words(one) for one in page.all("th", scope="row")]


def test_people_are_found(admin: User, client: Client) -> None:
    department = DepartmentFactory()
    UserFactory(name="예시 가", username="ga", department=department)
    staff(roles.HEAD, name="예시 나", username="Na")
    UserFactory(name="예시 다", username="da", closed=True)

    assert listed(client) == ["예시 가", "예시 관리자", "예시 나"]
    assert listed(client, state="closed") == ["예시 다"]
    assert listed(client, state="all", q="예시") == ["예시 가", "예시 관리자", "예시 나", "예시 다"]
    assert listed(client, q="na") == ["예시 나"]
    assert listed(client, department=department.pk) == ["예시 가"]
    assert listed(client, role=group(roles.HEAD).pk) == ["예시 나"]
    assert "맞는 직원이 없습니다." in client.get(PEOPLE, {"q": "없음"}).text


@pytest.mark.parametrize("asked", [{"department": "x"}, {"role": "9999"}, {"state": "?"}])
def test_an_invalid_filter_finds_nobody_and_says_why(
    admin: User, client: Client, asked: dict[str, str]
) -> None:
    response = client.get(PEOPLE, asked)

    assert response.status_code == 200
    assert "입력한 내용을 확인해 주세요" in response.text
    assert "맞는 직원이 없습니다." in response.text


def test_a_long_list_has_pages_that_keep_the_filter(admin: User, client: Client) -> None:
    UserFactory.create_batch(31, password="")

    page = Markup(client.get(PEOPLE, {"q": "staff-", "page": "2"}).text)

    assert page.one("a", rel="prev").attrs["href"] == "?q=staff-&page=1"
    assert len(page.all("th", scope="row")) == 2
    assert client.get(PEOPLE, {"page": "x"}).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_length(
    admin: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _number in range(number):
        staff(roles.EDITOR, department=DepartmentFactory())
    client.get(PEOPLE)

    # Session, user, missing step, two of permissions, departments, roles, count, people, their
    # groups, the district.
    with django_assert_num_queries(10):
        client.get(PEOPLE)


@pytest.mark.parametrize("number", [1, 3])
def test_a_person_page_costs_the_same_for_any_history(
    admin: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    person = staff(roles.EDITOR)
    for name in range(number):
        client.post(page_of(person), form_of(client, person, name=f"예시 {name}"))
    client.get(page_of(person))

    with django_assert_num_queries(14):
        client.get(page_of(person))


def test_an_account_is_made_with_a_temporary_password(admin: User, client: Client) -> None:
    department = DepartmentFactory()
    typed = {
        "username": "new.person",
        "name": "예시 새 사람",
        "department": department.pk,
        "roles": [group(roles.PLANNER).pk, group(roles.HEAD).pk],
    }

    response = client.post(ADD, typed)

    person = User.objects.get(username="new.person")
    password = temporary(response.text)
    assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", password)
    assert "no-store" in response["Cache-Control"]
    assert password not in client.get(page_of(person)).text
    assert person.check_password(password)
    assert (person.name, person.department) == ("예시 새 사람", department)
    assert {one.name for one in person.groups.all()} == {"기획", "부서장"}
    assert (person.is_staff, person.is_superuser) == (True, False)

    theirs = Client()
    theirs.post(reverse("office:sign_in"), {"username": "new.person", "password": password})
    assert theirs.get("/")["Location"].startswith(reverse("office:password"))


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"username": ""}, "username", "아이디를 입력해 주세요."),
        (
            {"username": "a b"},
            "username",
            "아이디에는 글자, 숫자와 @ . + - _ 만 쓸 수 있습니다. 다시 적어 주세요.",
        ),
        (
            {"username": "TAKEN"},
            "username",
            "이미 쓰는 아이디입니다. 다른 아이디를 적어 주세요.",
        ),
        ({"name": " "}, "name", "이름을 입력해 주세요."),
    ],
)
def test_a_bad_account_gets_its_sentence_and_keeps_what_was_typed(
    admin: User, client: Client, typed: dict[str, str], field: str, sentence: str
) -> None:
    UserFactory(username="taken")
    whole = {"username": "new.person", "name": "예시 새 사람", "roles": [group(roles.HEAD).pk]}

    page = Markup(client.post(ADD, whole | typed).text)

    assert page.words(page.with_id(f"id_{field}_error")) == f"오류: {sentence}"
    assert [one.attrs["value"] for one in page.all("input", name="roles") if "checked" in one.attrs]
    assert User.objects.count() == 2


def test_a_name_taken_at_the_same_moment_gets_a_sentence(admin: User) -> None:
    UserFactory(username="taken")

    with pytest.raises(actions.ValidationError, match="이미 쓰는 아이디입니다"):
        actions.add_person(by=admin, username="taken", name="예시", department=None, roles=[])


def test_a_person_is_changed(admin: User, client: Client) -> None:
    person = staff(roles.EDITOR)
    person.groups.add(Group.objects.create(name="예시 다른 모임"))
    department = DepartmentFactory()
    typed = form_of(
        client,
        person,
        name="예시 새 이름",
        department=department.pk,
        roles=[group(roles.PLANNER).pk, group(roles.READER).pk],
    )

    assert "저장했습니다." in client.post(page_of(person), typed, follow=True).text

    person.refresh_from_db()
    assert (person.name, person.department) == ("예시 새 이름", department)
    assert {one.name for one in person.groups.all()} == {"기획", "열람", "예시 다른 모임"}
    assert person.is_staff

    client.post(page_of(person), form_of(client, person, roles=[]))
    person.refresh_from_db()
    assert not person.is_staff


def test_a_closed_department_stays_a_choice_for_its_members(admin: User, client: Client) -> None:
    closed = DepartmentFactory(name="예시 옛 부서", closed_on=timezone.localdate())
    person = UserFactory(department=closed)

    assert "예시 옛 부서" in client.get(page_of(person)).text
    assert client.post(page_of(person), form_of(client, person)).status_code == 302
    other = UserFactory()
    typed = form_of(client, other, department=closed.pk)
    assert "입력한 내용을 확인해 주세요" in client.post(page_of(other), typed).text


def test_two_administrators_do_not_overwrite_each_other(admin: User, client: Client) -> None:
    person = UserFactory(name="예시 처음")
    mine = form_of(client, person, name="예시 나중")
    client.post(page_of(person), form_of(client, person, name="예시 먼저"))

    response = client.post(page_of(person), mine)

    page = Markup(response.text)
    assert "그 사이 다른 사람이 이 직원을 고쳤습니다." in response.text
    assert page.one("input", name="name").attrs["value"] == "예시 나중"
    assert "이름: 예시 처음 → 예시 먼저" in response.text
    person.refresh_from_db()
    assert person.name == "예시 먼저"

    version = page.one("input", name="version").attrs["value"]
    client.post(page_of(person), mine | {"version": version})
    person.refresh_from_db()
    assert person.name == "예시 나중"


def test_closing_ends_sessions_and_reopening_does_not_bring_them_back(
    admin: User, client: Client
) -> None:
    person = staff(roles.EDITOR)
    theirs = Client()
    theirs.force_login(person)

    assert "계정을 닫았습니다." in do(client, person, "close")
    person.refresh_from_db()
    assert (person.is_active, person.closed_on) == (False, timezone.localdate())
    assert person.groups.exists()
    assert theirs.get(reverse("office:account")).status_code == 302
    assert "계정을 닫았습니다." in do(client, person, "close")

    assert "계정을 다시 열었습니다." in do(client, person, "reopen")
    person.refresh_from_db()
    assert (person.is_active, person.closed_on) == (True, None)
    assert theirs.get(reverse("office:account")).status_code == 302


def test_the_database_requires_a_closing_day_of_closed_accounts(db: None) -> None:
    for facts in ({"is_active": False}, {"closed_on": timezone.localdate()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            UserFactory(**facts)


def test_a_new_temporary_password_opens_and_ends_sessions(admin: User, client: Client) -> None:
    person = UserFactory()
    theirs = Client()
    theirs.force_login(person)
    for _number in range(5):
        Client().post(reverse("office:sign_in"), {"username": person.username, "password": "x"})
    assert is_locked(person.username)

    password = temporary(do(client, person, "password"))

    person.refresh_from_db()
    assert person.check_password(password)
    assert person.must_change_password
    assert not is_locked(person.username)
    assert theirs.get(reverse("office:account")).status_code == 302


def test_an_administrator_unlocks_an_account(admin: User, client: Client) -> None:
    person = UserFactory()
    for _number in range(5):
        Client().post(reverse("office:sign_in"), {"username": person.username, "password": "x"})
    assert "로그인 잠김" in client.get(page_of(person)).text

    assert "로그인 잠금을 풀었습니다." in do(client, person, "unlock")
    assert not is_locked(person.username)


def test_an_administrator_resets_codes_after_a_lost_phone(admin: User, client: Client) -> None:
    person = UserFactory()
    set_up(person)

    assert "일회용 번호를 초기화했습니다." in do(client, person, "code_reset")
    assert not TOTPDevice.objects.exists()


def test_administrators_cannot_lock_themselves_out(admin: User, client: Client) -> None:
    assert "자기 자신의 계정은 닫을 수 없습니다." in do(client, admin, "close")
    assert "자기 비밀번호는 「내 계정」에서 바꾸세요." in do(client, admin, "password")
    page = client.post(page_of(admin), form_of(client, admin, roles=[], name="예시 새 이름")).text
    assert "자기 자신의 관리자 역할은 뺄 수 없습니다." in page
    assert "예시 새 이름" in page

    admin.refresh_from_db()
    assert admin.is_active
    assert admin.name == "예시 관리자"
    assert admin.check_password(PASSWORD)
    assert admin.groups.filter(name="관리자").exists()
    typed = form_of(client, admin, name="예시 새 이름")
    assert client.post(page_of(admin), typed).status_code == 302


def test_only_a_superuser_touches_a_superuser(admin: User, client: Client) -> None:
    root = UserFactory(is_superuser=True, is_staff=True)
    assert "최고 관리자의 계정은 최고 관리자만 고칠 수 있습니다." in client.get(page_of(root)).text
    typed = {"name": "예시", "version": root.version}
    assert client.post(page_of(root), typed).status_code == 403
    for name in ACTIONS:
        url = reverse(f"office:person_{name}", args=[root.pk])
        assert client.post(url).status_code == 403, name

    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.post(page_of(root), form_of(client, root, name="예시 새")).status_code == 302
    root.refresh_from_db()
    assert (root.name, root.is_staff) == ("예시 새", True)


def test_an_unknown_person_is_not_found(admin: User, client: Client) -> None:
    assert client.get(reverse("office:person", args=[999_999])).status_code == 404
    assert client.post(reverse("office:person_close", args=[999_999])).status_code == 404


def test_the_history_says_what_when_and_who(
    transactional_db: None, admin: User, client: Client
) -> None:
    old, new = DepartmentFactory(name="예시 옛 과"), DepartmentFactory(name="예시 새 과")
    person = staff(roles.EDITOR, name="예시 처음", department=old)
    typed = form_of(
        client, person, name="예시 나중", department=new.pk, roles=[group(roles.HEAD).pk]
    )
    client.post(page_of(person), typed)
    do(client, person, "close")
    do(client, person, "password")

    page = Markup(client.get(page_of(person)).text)
    history = [
        page.words(one) for one in page.elements if "ol" in one.inside and one.tag in {"li", "p"}
    ]
    today = f"{timezone.localtime():%Y. %-m. %-d.}"
    own = [line for line in history if line.startswith(("이름", "부서", "역할", "계정"))]
    assert [line for line in own if "·" not in line] == [
        "계정을 닫음",
        "이름: 예시 처음 → 예시 나중",
        "부서: 예시 옛 과 → 예시 새 과",
        "역할 뺌: 부서 담당자",
        "역할 더함: 부서장",
        "역할 더함: 부서 담당자",
        "계정을 만듦",
    ]
    told = [line for line in history if line.startswith(today)]
    assert [line.rpartition(" · ")[2] for line in told] == ["예시 관리자"] * 2 + ["관리 명령"] * 2


def test_the_history_holds_no_password_and_no_sign_in(admin: User, client: Client) -> None:
    fields = {field.name for field in User.events.rel.related_model._meta.fields}

    assert not fields & {"password", "last_login", "username", "email", "session_number"}


def test_the_log_contains_keys_but_no_names(
    admin: User, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    person = UserFactory()
    caplog.set_level(logging.INFO, "gwonseon.office")

    client.post(page_of(person), form_of(client, person, name="예시 새 이름"))
    for name in ("close", "reopen", "unlock", "password", "code_reset"):
        do(client, person, name)

    said = [record.getMessage() for record in caplog.records if "gwonseon" in record.name]
    assert said == [
        f"User {admin.pk} {what}"
        for what in (
            f"changed user {person.pk}.",
            f"closed user {person.pk}.",
            f"reopened user {person.pk}.",
            f"unlocked user {person.pk}.",
            f"gave user {person.pk} a temporary password.",
            f"reset the one-time codes of user {person.pk}.",
        )
    ]


def test_every_page_has_one_heading_and_nothing_inline(admin: User, client: Client) -> None:
    person = UserFactory()
    for url in (
        PEOPLE,
        ADD,
        page_of(person),
        reverse("office:account"),
        reverse("office:password"),
    ):
        page = Markup(client.get(url).text)
        assert len(page.all("h1")) == 1, url
        assert [one for one in page.elements if "style" in one.attrs] == [], url
        assert len(page.ids) == len(set(page.ids)), url
