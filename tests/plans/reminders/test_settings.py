"""The own settings of reminders: kinds, absences, the number, and the calendar's address."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gwonseon.celery import app
from gwonseon.messaging.sealing import unseal
from gwonseon.office.models import User
from gwonseon.office.roles import ADMINISTRATOR
from plans.reminders.calendars.models import Feed
from plans.reminders.models import Absence, Mute, UrgentPhone
from plans.reminders.rules.registry import rules
from plans.reminders.settings.actions import set_phone
from tests.factories.office import UserFactory, staff

pytestmark = pytest.mark.django_db

URL = "/staff/reminders/settings/"
FIRST, LAST = date(2990, 3, 1), date(2990, 3, 5)
# A number of the kind that nobody has.
NUMBER = "010" + "00007394"


@pytest.fixture
def person() -> User:
    return UserFactory(email="person@portal.example")


@pytest.fixture
def client(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def typed(stand_in: User, first_on: date = FIRST, last_on: date = LAST) -> dict[str, object]:
    return {"first_on": first_on, "last_on": last_on, "stand_in": stand_in.pk}


def absence_of(person: User, stand_in: User | None = None, first_on: date = FIRST) -> Absence:
    """Return an absence of five days."""
    return Absence.objects.create(
        person=person,
        stand_in=stand_in or UserFactory(),
        first_on=first_on,
        last_on=first_on + timedelta(days=4),
    )


def test_kinds_are_turned_off_and_on(client: Client, person: User) -> None:
    other = Mute.objects.create(person=UserFactory(), rule="updates")
    codes = [rule.code for rule in rules]
    page = client.get(URL)
    assert page.context["form"]["kinds"].value() == codes
    assert "person@portal.example" in page.text
    assert "현황판과 목록에는 그대로 나옵니다" in page.text

    client.post(URL, {"kinds": [code for code in codes if code != "updates"]})
    assert list(person.mutes.values_list("rule", flat=True)) == ["updates"]
    assert "updates" not in client.get(URL).context["form"]["kinds"].value()
    client.post(URL, {})
    assert person.mutes.count() == len(codes)
    client.post(URL, {"kinds": codes})
    assert list(Mute.objects.all()) == [other]

    assert "화면을 다시 열어" in client.post(URL, {"kinds": "없는 것"}).text


def test_an_absence_is_added_once_changed_and_deleted(client: Client, person: User) -> None:
    stand_in, another = UserFactory(), UserFactory()
    for _twice in range(2):
        assert client.post(f"{URL}absences/add/", typed(stand_in)).status_code == 302
    absence = Absence.objects.get()
    assert (absence.person, absence.stand_in) == (person, stand_in)
    assert "2990. 3. 1. ~ 2990. 3. 5." in client.get(URL).text

    url = f"{URL}absences/{absence.pk}/"
    client.post(url, typed(another, last_on=FIRST))
    absence.refresh_from_db()
    assert (absence.stand_in, absence.last_on) == (another, FIRST)
    for status in (302, 404):
        assert client.post(f"{url}delete/").status_code == status
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first_on": FIRST + timedelta(days=4)}, "날이 겹칩니다"),
        ({"first_on": date(2991, 3, 2), "last_on": date(2991, 3, 1)}, "첫날과 같거나 늦은"),
        ({"first_on": date(2020, 3, 2), "last_on": date(2020, 3, 2)}, "이미 지난 날입니다"),
        ({"stand_in": ""}, "대신할 사람을 골라 주세요"),
        ({"first_on": ""}, "첫날을 적어 주세요"),
    ],
)
def test_a_refused_absence_says_how_to_put_it_right(
    client: Client, person: User, change: dict[str, object], sentence: str
) -> None:
    absence_of(person)
    page = client.post(
        f"{URL}absences/add/", typed(UserFactory(), last_on=date(2990, 9, 1)) | change
    )

    assert sentence in page.text
    assert Absence.objects.count() == 1


def test_only_other_active_staff_stand_in(client: Client, person: User) -> None:
    closed = UserFactory(closed=True)
    for nobody in (closed, person):
        page = client.post(f"{URL}absences/add/", typed(nobody))
        assert "지금 일하는 다른 직원을 골라 주세요" in page.text
    assert not Absence.objects.exists()

    absence = absence_of(person, closed)
    assert "그만둔 직원이라" in client.get(URL).text
    page = client.get(f"{URL}absences/{absence.pk}/")
    assert closed.name not in page.text
    client.post(f"{URL}absences/{absence.pk}/", typed(UserFactory()))
    assert "그만둔 직원이라" not in client.get(URL).text


def test_nobody_reaches_the_settings_of_others(client: Client, person: User) -> None:
    stand_in = UserFactory(name="예시 대신")
    absence = absence_of(person, stand_in)
    set_phone(number=NUMBER, by=person)
    client.force_login(staff(ADMINISTRATOR))

    page = client.get(URL)
    assert "예시 대신" not in page.text
    assert NUMBER[-4:] not in page.text
    for path in (f"absences/{absence.pk}/", f"absences/{absence.pk}/delete/"):
        assert client.post(f"{URL}{path}", typed(UserFactory())).status_code == 404
    client.post(f"{URL}phone/remove/")
    client.post(f"{URL}calendar/drop/")
    assert UrgentPhone.objects.filter(person=person).exists()
    assert Absence.objects.get().stand_in == stand_in


def test_a_number_needs_agreement_is_sealed_and_shown_masked(client: Client, person: User) -> None:
    url = f"{URL}phone/"
    assert "이 칸에 표시해 주세요" in client.post(url, {"number": NUMBER}).text
    assert "010-1234-5678처럼" in client.post(url, {"number": f"{NUMBER}9", "agree": "on"}).text
    assert not UrgentPhone.objects.exists()

    client.post(url, {"number": "+82 10-0000-7394", "agree": "on"})
    phone = UrgentPhone.objects.get()
    assert (phone.person, unseal(phone.sealed)) == (person, NUMBER)
    for page in (client.get(URL), client.get(url)):
        assert "010-****-7394" in page.text
        assert "0000-7394" not in page.text
        assert "추진상황 쓰기, 조치할 일, 발신번호의 기한" in page.text

    agreed_at = phone.agreed_at
    client.post(url, {"number": "010" + "00007395", "agree": "on"})
    phone = UrgentPhone.objects.get()
    assert unseal(phone.sealed).endswith("7395")
    assert phone.agreed_at > agreed_at
    client.post(f"{URL}phone/remove/")
    assert not UrgentPhone.objects.exists()


def test_the_number_of_a_closed_account_is_forgotten(person: User) -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["forget-phones"]
    app.loader.import_default_modules()
    for one in (person, UserFactory(closed=True)):
        set_phone(number=NUMBER, by=one)

    app.tasks[entry["task"]].apply(throw=True)

    assert UrgentPhone.objects.get().person == person


def test_the_address_of_a_calendar_is_shown_once(client: Client, person: User) -> None:
    page = client.post(f"{URL}calendar/")
    address = page.context["address"]
    assert address.startswith(f"{settings.PORTAL_URL}/calendar/")
    assert address in page.text
    assert "no-store" in page["Cache-Control"]
    path = address.removeprefix(settings.PORTAL_URL)
    assert Client().get(path).status_code == 200
    shown = client.get(URL).text
    assert path not in shown
    assert "새 주소로 바꾸기" in shown

    client.post(f"{URL}calendar/drop/")
    assert Client().get(path).status_code == 404
    assert not Feed.objects.exists()


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_makes_as_many_queries_for_many_absences_as_for_one(
    client: Client,
    person: User,
    size: int,
    django_assert_num_queries: Callable[..., CaptureQueriesContext],
) -> None:
    for number in range(size):
        absence_of(person, first_on=FIRST + timedelta(days=10 * number))
    past = timezone.localdate() - timedelta(days=30)
    absence_of(person, first_on=past)
    client.get(URL)
    with django_assert_num_queries(9):
        page = client.get(URL)
    assert len(page.context["settings"].absences) == size
