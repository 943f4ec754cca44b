"""The wording of the consents, by version, and how they are given and withdrawn in the ledger.

What the wording must say is in 개인정보 보호법 제15조 제2항 (목적, 항목, 보유기간, 거부권),
제22조 (동의를 나누어 받기), 제22조의2 (만 14세) and 제26조 (위탁). Raise VERSION with every change
of a text; a test holds the two together. A former wording is in the history of this file.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gwonseon.residents.models import ConsentEvent

What = ConsentEvent.What
VERSION = 1


@dataclass(frozen=True)
class Consent:
    """A consent as it is asked for. `facts` are pairs of a term and its explanation."""

    what: ConsentEvent.What
    question: str | Promise
    facts: tuple[tuple[str | Promise, str | Promise], ...]


COLLECT = Consent(
    What.COLLECT,
    _("문자를 받기 위해 휴대전화번호를 모으고 쓰는 데 동의합니다. (필수)"),
    (
        (_("목적"), _("고르신 소식을 문자로 보내기, 번호가 본인의 것인지 확인하기")),
        (_("항목"), _("휴대전화번호, 고르신 분야·과제·소식의 종류")),
        (
            _("보유기간"),
            _(
                "받지 않겠다고 하실 때까지. 그때 번호와 고르신 내용을 바로 지웁니다. 보낸 문자의 "
                "기록은 90일, 동의하고 철회하신 기록은 3년 동안 번호를 알아볼 수 없게 바꾼 값으로 "
                "보관합니다."
            ),
        ),
        (_("거부할 권리"), _("동의하지 않으셔도 됩니다. 다만 문자를 보내 드릴 수 없습니다.")),
        (
            _("맡기는 일"),
            _(
                "문자를 보내는 일은 문자 중계사에 맡깁니다. 중계사의 이름은 개인정보 처리방침에 "
                "있습니다."
            ),
        ),
    ),
)
DONG = Consent(
    What.DONG,
    _("사는 동을 모으고 쓰는 데 동의합니다. (선택)"),
    (
        (_("목적"), _("고르신 동의 소식 보내기")),
        (_("항목"), _("고르신 동")),
        (_("보유기간"), _("동을 지우거나 문자를 그만 받으실 때까지")),
        (
            _("거부할 권리"),
            _("동의하지 않으셔도 구 전체의 소식은 그대로 받으실 수 있습니다."),
        ),
    ),
)
AGE = Consent(What.AGE, _("저는 만 14세 이상입니다. (필수)"), ())
REQUIRED = (What.COLLECT, What.AGE)
CONSENTS = (COLLECT, DONG, AGE)


def consents_in_force(mac: bytes) -> set[str]:
    """Return what a number agrees to now: its last line on each thing (1 query)."""
    return set(wordings_in_force(mac))


def current_consents(mac: bytes) -> set[str]:
    """Return what a number agrees to in the current wording (1 query)."""
    return {what for what, wording in wordings_in_force(mac).items() if wording == VERSION}


def wordings_in_force(mac: bytes) -> dict[str, int]:
    """Return each thing that a number agrees to now, with the wording's version (1 query)."""
    last = {line.what: line for line in ConsentEvent.objects.filter(mac=mac).order_by("pk")}
    given = ConsentEvent.Act.GIVEN
    return {what: line.wording for what, line in last.items() if line.act == given}


def give(mac: bytes, wanted: Iterable[str]) -> None:
    """Write in the ledger what is newly given (2 queries). Lock the resident first."""
    add_events(mac, ConsentEvent.Act.GIVEN, set(wanted) - current_consents(mac))


def withdraw(mac: bytes, unwanted: Iterable[str]) -> None:
    """Write in the ledger what is withdrawn of what is in force (2 queries)."""
    add_events(mac, ConsentEvent.Act.WITHDRAWN, set(unwanted) & consents_in_force(mac))


def add_events(mac: bytes, act: ConsentEvent.Act, things: set[str]) -> None:
    """Add a line for each thing."""
    ConsentEvent.objects.bulk_create(
        ConsentEvent(mac=mac, what=what, act=act, wording=VERSION) for what in sorted(things)
    )
