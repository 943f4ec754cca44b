"""No number, code or text of a message is written anywhere but where it belongs.

A resident subscribes and gets a notice, through a real web server and a real worker, while whatever
can fail does so. Then everything that was written is searched, and in the end a secret is put into
each place, to show that the search would have found it.
"""

import base64
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from pghistory.models import Context
from pytest_django import Settings

from civic.notices.actions import send_test
from civic.notices.models import Notice
from civic.notices.tasks import follow_up
from gwonseon import size_limits
from gwonseon.messaging import tasks as messaging
from gwonseon.messaging.models import Batch, Message, Sender
from gwonseon.messaging.operating import Decision, decide, switch_channel
from gwonseon.office.models import PersonalAccess, User
from gwonseon.office.roles import ADMINISTRATOR
from gwonseon.residents.models import Resident
from plans.reminders.calendars.actions import drop_feed, make_feed
from plans.reminders.settings.actions import set_phone
from tests.civic.notices.conftest import Office, office
from tests.factories.notices import draft
from tests.factories.office import staff
from tests.factories.residents import last_code, sender
from tests.messaging.gateways.conftest import SOLAPI_KEY, SOLAPI_SECRET
from tests.messaging.gateways.servers import Fault
from tests.secrets import tasks
from tests.secrets.failing import FAILURES
from tests.secrets.gateway import NAME, TalkativeVendor, repeat_in_errors
from tests.secrets.places import TYPED_CODE, Places, environment_of, wait_until
from tests.secrets.search import BODY, NUMBER, OTHER, TESTED, Secrets

__all__ = ["office"]

OLD, NEW = b"1" * 32, b"2" * 32
CHOICES = {"news": "notice", "agree_collect": "on", "agree_age": "on"}
ALL_KINDS = {"number", "code", "body"}
PLANTED_TABLES = {"table office_personalaccess", "table pghistory_context"}

log = logging.getLogger(__name__)


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> Iterator[TalkativeVendor]:
    repeat_in_errors(monkeypatch)
    with TalkativeVendor() as server:
        yield server


@pytest.fixture
def places(
    transactional_db: None,
    tmp_path: Path,
    vendor: TalkativeVendor,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Places]:
    keys = {1: OLD, 2: NEW}
    variables = {
        "SMS_GATEWAY": NAME,
        "SOLAPI_URL": vendor.address,
        "SOLAPI_KEY": SOLAPI_KEY,
        "SOLAPI_SECRET": SOLAPI_SECRET,
    }
    for name, value in variables.items():
        setattr(settings, name, value)
    settings.PHONE_KEYS = keys
    variables["PHONE_KEYS"] = ",".join(
        f"{number}:{base64.b64encode(key).decode()}" for number, key in keys.items()
    )
    name = connection.settings_dict["NAME"]
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with Places(tmp_path, environment_of(database, **variables)) as found:
        yield found


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_numbers_codes_and_texts_are_nowhere_after_a_run_that_also_fails(
    places: Places, office: Office, vendor: TalkativeVendor, settings: Settings
) -> None:
    secrets = Secrets({TYPED_CODE})
    sender()
    places.await_web()
    followed = {"initiatives_0": str(office.activity.initiative.lineage)}
    subscribe(places, secrets, followed)
    notice = approve_a_notice(office, followed)
    look_up(places)
    fail_to_send(places)
    switch_channel(name="solapi", by=office.author)
    send_with_faults(places, vendor, notice, settings)
    stop_by_link(places, vendor.phones[NUMBER])
    read_a_calendar(places, secrets, office.author)
    fail_in_pages(places, settings)
    fail_in_tasks(places)

    leaks = {place: kinds for place, kinds in places.searched(secrets).items() if kinds}
    assert not leaks, "\n".join(f"{place}: {sorted(kinds)}" for place, kinds in leaks.items())

    plant(places, office.author)
    found = places.searched(secrets)
    planted = {place for place in found if not place.startswith("table ")} | PLANTED_TABLES
    assert {place for place in found if found[place] == ALL_KINDS} == planted


def subscribe(places: Places, secrets: Secrets, followed: dict[str, str]) -> None:
    """Sign in as a resident, with mistakes, and choose."""
    refused = places.post("/my/number/", number=f"{NUMBER}9")
    assert "010-1234-5678" in refused.text
    places.post("/my/number/", number=OTHER)
    secrets.codes.add(last_code(OTHER))
    places.post("/my/number/", number="+82 10-0000-7391")
    code = last_code(NUMBER)
    secrets.codes.add(code)
    assert "맞지 않습니다" in places.post("/my/code/", code=TYPED_CODE).text
    assert "여섯 자리입니다" in places.post("/my/code/", code=f"{code}1").text
    assert places.post("/my/code/", code=code).headers["Location"] == "/my/"
    assert places.post("/my/choose/", **CHOICES, **followed).is_redirect
    for address in ("/my/?saved", "/my/choose/", "/my/stop/", "/"):
        assert places.get(address).is_success
    assert Resident.objects.count() == 1


def approve_a_notice(office: Office, followed: dict[str, str]) -> Notice:
    """Write a notice in the staff's pages, test it, and have another person approve it."""
    author, head = Client(), Client()
    author.force_login(office.author)
    head.force_login(office.head)
    typed = followed | {
        "activity": office.activity.pk,
        "nature": "safety",
        "title": "예시 안내",
        "text": BODY,
        "news": "notice",
        "sender": Sender.objects.get().pk,
    }
    form = author.get("/staff/notices/add/").context["form"]
    typed |= {"token": form.initial["token"], "version": 0}
    assert author.post("/staff/notices/add/", typed).status_code == 200
    typed |= {"expires_at_0": "2099-12-31", "expires_at_1": "18:00"}
    for _twice in range(2):
        assert author.post("/staff/notices/add/", typed).status_code == 302
    notice = Notice.objects.get()
    address = notice.get_absolute_url()
    once = {"token": uuid4()}
    author.post(f"{address}test/", {"number": f"{TESTED}9"} | once)
    assert author.post(f"{address}test/", {"number": TESTED} | once).status_code == 302
    assert author.post(f"{address}submit/", {"version": notice.version}).status_code == 302
    notice.refresh_from_db()
    for people in (7391, 1):
        head.post(f"{address}approve/", {"version": notice.version, "recipients": people})
    notice.refresh_from_db()
    assert notice.approver == office.head
    return notice


def look_up(places: Places) -> None:
    """Find the resident by number, and have the whole number shown."""
    administrator = Client()
    administrator.force_login(staff(ADMINISTRATOR))
    found = administrator.post("/staff/residents/", {"number": NUMBER})
    places.addresses.append(found["Location"])
    shown = administrator.post(found["Location"], {"reason": "예시 문의에 답하기"})
    assert NUMBER in shown.text


def tick() -> None:
    """Have the worker do what the clock asks for."""
    for task in (follow_up, messaging.drain, messaging.reap, messaging.collect_receipts):
        task.delay()


def fail_to_send(places: Places) -> None:
    """Let the worker send through a gateway that raises, and take replies from it."""

    def all_unknown() -> bool:
        tick()
        return states() == ["unknown"] * 4

    wait_until(all_unknown, places.told)
    messaging.collect_replies.delay()


def send_with_faults(
    places: Places, vendor: TalkativeVendor, notice: Notice, settings: Settings
) -> None:
    """Let the worker send through a vendor that refuses and fails, while keys are rotated."""

    def all_settled() -> bool:
        tick()
        vendor.report()
        notice.refresh_from_db()
        return notice.state == "done" and states() == settled

    settled = [*["cancelled"] * 3, "delivered", "rejected"]
    vendor.refusals = 1
    vendor.refused[TESTED] = f"1060 {TESTED}"
    vendor.faults["fill"] += [Fault.NO_JSON]
    vendor.faults["start"] += [Fault.ERROR_AFTER]
    for batch in Batch.objects.filter(state="unknown"):
        again = batch.dispatch_id == notice.dispatch_id
        decide(batch=batch, decision=Decision.AGAIN if again else Decision.NEVER)
    another = draft(activity=notice.activity, by=notice.author, text=BODY, nature="safety")
    send_test(notice=another, number=TESTED, by=notice.author)
    tick()
    rotate_keys(settings)
    wait_until(all_settled, places.told)
    assert set(vendor.phones) == {NUMBER}
    assert BODY in vendor.phones[NUMBER]
    assert Message.objects.get(state="rejected").code == "1060 #"


def states() -> list[str]:
    """Return the states of all messages."""
    return sorted(Message.objects.values_list("state", flat=True))


def rotate_keys(settings: Settings) -> None:
    """Seal all under another key, once without the key that opens it."""
    settings.PHONE_KEYS = {2: NEW}
    with pytest.raises(CommandError) as refusal:
        call_command("rotate_keys")
    assert "1" in str(refusal.value)
    settings.PHONE_KEYS = {2: NEW, 1: OLD}
    call_command("rotate_keys", stdout=sys.stderr)


def stop_by_link(places: Places, text: str) -> None:
    """Follow the link in a message, and stop."""
    address = f"{text[text.index('/my/stop/') :]}/"
    assert "그만 받기" in places.get(address).text
    assert places.post(address).is_redirect
    assert not Resident.objects.exists()


def read_a_calendar(places: Places, secrets: Secrets, person: User) -> None:
    """Read a calendar at its secret address, also in wrong ways, and keep the person's number."""
    set_phone(number=NUMBER, by=person)
    secret = make_feed(person=person)
    secrets.codes.add(secret)
    url = reverse("calendars:feed", args=[secret])
    wrong_host = {"Host": "elsewhere.example"}
    assert places.client.get(url).is_success
    assert places.client.get(url, headers=wrong_host).status_code == 400
    assert places.client.post(url).status_code == 405
    drop_feed(person=person)
    for ended in (url, url.removesuffix(".ics")):
        assert places.client.get(ended).status_code == 404


def fail_in_pages(places: Places, settings: Settings) -> None:
    """Post a number and a code to pages that fail; also as they fail while DEBUG is on."""
    typed = {"number": NUMBER, "code": TYPED_CODE, "body": BODY}
    large = {"text": f"{NUMBER} {TYPED_CODE} {BODY}" * (size_limits.LARGEST_TEXT // 40)}
    for how in FAILURES:
        assert places.post(f"/fail/{how}/", **typed).status_code == 500
    for status in (400, 403, 404):
        assert places.post(f"/refuse/{status}/", **typed).status_code == status
    assert places.post("/commit/", **typed).is_success
    with pytest.raises(httpx.RemoteProtocolError):
        places.post("/stream/", **typed)
    assert places.post("/my/number/", number=NUMBER, **large).status_code == 413
    places.say(" ".join(typed.values()))
    sign_in = {"username": NUMBER, "password": TYPED_CODE, "next": ""}
    token = {"csrfmiddlewaretoken": places.client.cookies["csrftoken"]}
    assert "password" in places.client.post("/staff/sign-in/", data=token | sign_in).text
    assert places.post("/my/number/", **typed, csrfmiddlewaretoken="").status_code == 403
    settings.ROOT_URLCONF = "tests.secrets.urls"
    settings.DEBUG = True
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    # Without 404: while DEBUG is on, its page has the sentence that the view gave.
    for address in (*(f"/fail/{how}/" for how in FAILURES), "/refuse/400/", "/refuse/403/"):
        answer = client.post(f"{address}?q={NUMBER}", typed)
        assert answer.status_code >= 400
        places.error_pages.append(answer.text)
    settings.DEBUG = False


def fail_in_tasks(places: Places) -> None:
    """Let the worker run tasks that fail."""
    for how in FAILURES:
        tasks.fail.delay(how)

    def all_failed() -> bool:
        return places.read("worker.log").count("raised unexpected") >= len(FAILURES)

    wait_until(all_failed, places.told)


def plant(places: Places, by: User) -> None:
    """Put a secret of each kind into each place."""
    said = f"{NUMBER} {TYPED_CODE} {BODY}"
    assert places.get(f"/plant/?said={said}").status_code == 500
    # The web server's access log has paths, without what follows a question mark.
    assert places.client.get(f"/nowhere/{said}/").status_code == 404
    tasks.plant.delay(said)
    log.warning("said: %s", said)
    cache.set("planted", said)
    session = SessionStore()
    session["said"] = said
    session.save()
    PersonalAccess.objects.create(user=by, what="view", subject=said)
    Context.objects.create(metadata={"url": said})
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE LOG 'said: {said}'; END $$")
    # The web server writes this line after it has answered.
    wait_until(lambda: "/nowhere/" in places.read("access.log"), places.told)
    wait_until(lambda: "said: " in places.read("worker.log"), places.told)
