"""Verify a phone number, give and withdraw consents, and erase a resident.

No function says whether a number is known: a code is sent to any number within the limits.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_network

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.messaging.actions import lift_suppression, send_one, suppress
from gwonseon.messaging.sealing import digest, seal
from gwonseon.office.models import District
from gwonseon.refusals import RefusedError
from gwonseon.residents import consents
from gwonseon.residents.models import ConsentEvent, Resident, Verification, Visit
from gwonseon.residents.queries import link_state
from gwonseon.residents.rate_limits import check_limits

CODE_DIGITS = 6
MOST_TRIES = 5
CODE_LIVES = timedelta(minutes=5)
KEY_BYTES = 24
# By how much the clock that dates a reply may be slow: one who agrees and then stops is stopped.
CLOCKS_DIFFER = timedelta(minutes=5)
# Short enough for one SMS (90 bytes) with a district's name of ten letters.
CODE_TEXT = gettext_lazy(
    "[%(district)s] 인증번호 %(code)s 5분 안에 적어 주세요. 남에게 알리지 마세요."
)
# An IPv6 subscriber has a whole network of this length.
NETWORK_BITS = {4: 32, 6: 64}


@transaction.atomic
def begin_verification(*, number: str, address: str | None) -> str:
    """Send a code to a number (from `mobile_number`); return the key of a visit, not yet verified.

    `address` is the client's. Raises RefusedError if a limit is reached or nothing can be sent.
    """
    now = timezone.now()
    mac, address_mac = digest(number), digest(network_of(address))
    check_limits(mac=mac, address_mac=address_mac, now=now)
    key = new_key()
    visit = Visit.objects.create(key_hash=hashed(key), mac=mac, sealed=seal(number), seen_at=now)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    sent = Verification.objects.create(
        visit=visit,
        mac=mac,
        address_mac=address_mac,
        code_hash=code_hash(visit, code),
        sent_at=now,
    )
    send_one(
        key=f"code-{sent.pk}",
        number=number,
        text=CODE_TEXT % {"district": District.objects.get().name, "code": code},
        expires_at=now + CODE_LIVES,
    )
    return key


def check_code(*, visit: Visit, code: str) -> None:
    """Mark a visit as verified if the code is right; a wrong one uses up a try.

    Raises RefusedError with the same sentence for a wrong code, and with another if the code is too
    old or has been tried too often.
    """
    with transaction.atomic():
        refusal = refusal_of(visit, code)
    if refusal:
        raise RefusedError(refusal)


def refusal_of(visit: Visit, code: str) -> str:
    """Check a code and use it up, or count a wrong try; return the error sentence or ""."""
    now = timezone.now()
    sent = Verification.objects.select_for_update(no_key=True).filter(visit=visit).first()
    if sent is None or sent.code_hash is None or sent.sent_at <= now - CODE_LIVES:
        return _("인증번호를 쓸 수 있는 5분이 지났습니다. 번호를 다시 적고 새로 받으세요.")
    if sent.tries >= MOST_TRIES:
        return _("인증번호를 다섯 번 잘못 적었습니다. 번호를 다시 적고 새로 받으세요.")
    if not constant_time_compare(bytes(sent.code_hash), code_hash(visit, code)):
        sent.tries += 1
        sent.save(update_fields=["tries"])
        return _("인증번호가 맞지 않습니다. 가장 나중에 받은 문자의 숫자 여섯 자리를 적어 주세요.")
    sent.code_hash = None
    sent.save(update_fields=["code_hash"])
    Visit.objects.filter(pk=visit.pk).update(verified_at=now)
    visit.verified_at = now
    return ""


def open_visit(*, visit: Visit) -> str:
    """Give a verified visit a new key, so that one known from before is of no use; return it."""
    key = new_key()
    Visit.objects.filter(pk=visit.pk).update(key_hash=hashed(key), seen_at=timezone.now())
    return key


@transaction.atomic
def accept(*, visit: Visit, given: Iterable[str]) -> Resident:
    """Make or find the resident of a verified visit, and write consents in the ledger.

    `given` is everything that is agreed to from now on; what is missing is withdrawn. The row is
    locked until the end of the transaction. Raises RefusedError without what is required, or if the
    visit was ended meanwhile (the number was erased from another phone).
    """
    given = set(given)
    if not given >= set(consents.REQUIRED):
        raise RefusedError(_("필수 동의 두 가지에 모두 표시해 주세요."))
    if not Visit.objects.select_for_update().filter(pk=visit.pk, verified_at__isnull=False):
        raise RefusedError(_("방문이 끝났습니다. 번호를 다시 확인해 주세요."))
    mac = bytes(visit.mac)
    resident, _is_new = Resident.objects.select_for_update(no_key=True).get_or_create(
        mac=mac, defaults={"sealed": visit.sealed, "verified_at": visit.verified_at}
    )
    consents.give(mac, given)
    consents.withdraw(mac, set(ConsentEvent.What.values) - given)
    lift_suppression(mac=mac)
    return resident


@transaction.atomic
def withdraw(*, mac: bytes) -> None:
    """Erase a resident with all that hangs on it, end their visits, and send them no more.

    Their consents are withdrawn in the ledger, which stays (docs/adr/0021). Nothing happens twice.
    """
    lock_number(mac)
    consents.withdraw(mac, ConsentEvent.What.values)
    Resident.objects.filter(mac=mac).delete()
    Visit.objects.filter(mac=mac).delete()
    suppress(mac=mac)


def lock_number(mac: bytes) -> None:
    """Lock the visits and the resident of a number until the end of the transaction.

    Visits first, as `accept` does, so that the two wait for each other in one order.
    """
    list(Visit.objects.select_for_update().filter(mac=mac).order_by("pk").values_list("pk"))
    list(Resident.objects.select_for_update().filter(mac=mac).values_list("pk"))


@transaction.atomic
def stop_by_message(*, message_id: int) -> None:
    """Erase the resident that a message went to, and send the number no more.

    Nothing happens if the message's link was used already.
    """
    state = link_state(message_id)
    if state.mac and not state.is_used:
        withdraw(mac=state.mac)


@transaction.atomic
def stop_by_reply(*, mac: bytes, sent_at: datetime) -> None:
    """Erase the resident of a number that asked for it in a reply, and send the number no more.

    Nothing happens if the number agreed again since: a reply may come late, and more than once.
    """
    lock_number(mac)
    agreed_since = ConsentEvent.objects.filter(
        mac=mac,
        what=ConsentEvent.What.COLLECT,
        act=ConsentEvent.Act.GIVEN,
        at__gt=sent_at + CLOCKS_DIFFER,
    )
    if not agreed_since.exists():
        withdraw(mac=mac)


def end_visit(*, visit: Visit) -> None:
    """End a visit: its cookie opens nothing any more."""
    visit.delete()


def new_key() -> str:
    """Return a random key for the cookie."""
    return secrets.token_urlsafe(KEY_BYTES)


def hashed(key: str) -> bytes:
    """Return the hash under which a key is stored; the key is random, so a plain one will do."""
    return sha256(key.encode()).digest()


def code_hash(visit: Visit, code: str) -> bytes:
    """Return the keyed hash of a code, which holds for one visit only."""
    return salted_hmac(__name__, f"{visit.pk}:{code}", algorithm="sha256").digest()


def network_of(address: str | None) -> str:
    """Return what the limits count as one address: an IPv4 address, an IPv6 network, or unknown."""
    if address is None:
        return "unknown"
    network = ip_network(address)
    return str(network.supernet(new_prefix=NETWORK_BITS[network.version]))
