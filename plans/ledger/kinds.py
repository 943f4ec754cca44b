"""Kinds of record: what each asks for, and which of its numbers can be summed.

A pillar declares its kinds with `register_kind` in `AppConfig.ready()`. The ledger lists, filters,
exports and sums every kind without knowing who declared it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from gwonseon.registry import Registry
from plans.tree.choices import Measure
from plans.tree.measures import PLAIN, record_kinds


@dataclass(frozen=True)
class RecordKind:
    """A kind of record.

    - `measures`: what an activity of this kind may choose to count.
    - `quantity`: the label of the record's quantity, in the activity's unit; asked only where the
      activity counts it. Empty where the kind has none. `people`: the label of that number.
    - `detail`: the model for fields of this kind only (a `Detail`); `form` is its `DetailForm`,
      `template` shows it: the detail as `detail`, its labels and values as `facts`.
    - `findings`: the label for things that must be put right, each of one of its `categories` (code
      and label); empty where the kind has no findings.
    - `is_timed`: the form asks for start and end time.
    - `facilities`: the kinds of facility that it is about, one of which is chosen before anything
      else; empty where it is about none.
    - `is_personal`: about somebody's personal matters: seen by the department alone, published only
      as a total. Its note, dong and facility stay empty in the shared row.
    - `subject`: the detail's field that leads to the person concerned, where several records may be
      about the same person; that row is named by a number. Empty where a record stands alone.
    - `confirmed_by_another`: no author may confirm it; correcting and voiding it need another
      person, too. The database enforces it (`plans.ledger.two_person_kinds`).
    - `refusals`: error messages for constraints that only this kind's records can break, by name.
    - `many_people`: the number of people from which on the writer is asked to confirm the number.
    """

    code: str
    label: str
    measures: tuple[Measure, ...] = (Measure.RECORDS, Measure.PEOPLE, Measure.QUANTITY)
    quantity: str = _("수량")
    people: str = _("인원")
    detail: type[Model] | None = None
    form: type[ModelForm] | None = None
    template: str = "ledger/_detail.html"
    findings: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    is_timed: bool = False
    facilities: tuple[str, ...] = ()
    is_personal: bool = False
    subject: str = ""
    confirmed_by_another: bool = False
    refusals: Mapping[str, str] = field(default_factory=dict)
    many_people: int = 1000


kinds: Registry[RecordKind] = Registry()


def register_kind(kind: RecordKind) -> None:
    """Declare a kind of record."""
    kinds.register(kind)
    record_kinds.register((kind.code, kind.label))


def kind_of(code: str) -> RecordKind:
    """Return the kind with a code."""
    return next(kind for kind in kinds if kind.code == code)


def personal_codes() -> list[str]:
    """Return the codes of the kinds that are about personal matters."""
    return [kind.code for kind in kinds if kind.is_personal]


ANY_WORK = RecordKind(PLAIN, _("일반 기록"))
