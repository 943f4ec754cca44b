"""Ways to fail with a secret in the error's own text."""

from collections.abc import Callable

from django.db import transaction
from django.template import Context, Engine

from civic.notices.models import Notice
from gwonseon.messaging.models import Message, Sender
from tests.secrets.search import BODY, NUMBER


class UnpicklableError(Exception):
    """An error that does not survive the way between a worker's processes."""

    def __init__(self, number: str, said: str, *, code: str) -> None:
        super().__init__(f"{number} {said} {code}")


def raise_text(code: str) -> None:
    raise ValueError(f"{NUMBER} {code} {BODY}")


def raise_one_after_another(code: str) -> None:
    try:
        raise_text(code)
    except ValueError as error:
        another = RuntimeError({"number": NUMBER, "code": code})
        another.add_note(f"{NUMBER} {code} {BODY}")
        raise another from error


def raise_unpicklable(code: str) -> None:
    raise UnpicklableError(NUMBER, BODY, code=code)


def look_for_a_number(code: str) -> None:
    Message.objects.get(pk=f"{NUMBER} {code} {BODY}")


def break_a_unique_constraint(code: str) -> None:
    """Let PostgreSQL say in its DETAIL which number there is already."""
    with transaction.atomic():
        for name in (BODY, code):
            Sender.objects.create(number=NUMBER, name=name, expires_on="2099-12-31")


def break_a_check(code: str) -> None:
    """Let PostgreSQL say in its DETAIL what the whole row is."""
    notice = Notice.objects.get()
    notice.pk, notice.recipients = None, 0
    notice.save(force_insert=True)


def give_too_long_a_value(code: str) -> None:
    Sender.objects.create(number=f"{NUMBER} {code} {BODY}", name="예시", expires_on="2099-12-31")


def break_a_template(code: str) -> None:
    template = Engine(debug=True).from_string("{{ cry }}")
    template.render(Context({"cry": lambda: raise_text(code)}))


def break_letters(code: str) -> None:
    f"{NUMBER} {code} {BODY}".encode("ascii")


FAILURES: dict[str, Callable[[str], None]] = {
    one.__name__: one
    for one in (
        raise_text,
        raise_one_after_another,
        raise_unpicklable,
        look_for_a_number,
        break_a_unique_constraint,
        break_a_check,
        give_too_long_a_value,
        break_a_template,
        break_letters,
    )
}
