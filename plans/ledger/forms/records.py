"""The form of the fields that every kind of record has, and the form to void a record."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.numbers import NumberField, WholeNumberField, grouped
from gwonseon.fields.of_models import field_of
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.fields.times import TimeField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import Dong
from plans.facilities.models import Facility
from plans.ledger.actions import FACTS, named
from plans.ledger.forms.details import within
from plans.ledger.forms.files import FilesField
from plans.ledger.kinds import kind_of, kinds
from plans.ledger.models import NOTE_LENGTH, Evidence, Record
from plans.ledger.photos import TAKEN
from plans.ledger.queries import unusual_people
from plans.tree.choices import Measure
from plans.tree.measures import MEASURE
from plans.tree.models import Activity

# Fields shown only if the input is unusual.
ASKED_OF_THE_UNUSUAL = {"sure", "another"}
OTHER_PAGE = gettext_lazy("기록하는 화면을 새로 열어 다시 적어 주세요.")


class RecordForm(PlainFormMixin, forms.ModelForm):
    """The fields that every kind of record has; those that a kind does not use are removed."""

    starts = TimeField(label=gettext_lazy("시작 시각"), required=False)
    ends = TimeField(
        label=gettext_lazy("끝 시각"),
        required=False,
        help_text=gettext_lazy("시작보다 이르면 다음 날로 봅니다."),
    )
    quantity = NumberField(max_digits=14, decimal_places=2, min_value=0, required=False)
    people = WholeNumberField(min_value=0, max_value=2**31 - 1, required=False)
    kept = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("그대로 둘 증빙"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    files = FilesField(
        label=gettext_lazy("사진·문서"),
        required=False,
        help_text=TAKEN,
    )
    sure = forms.BooleanField(label=gettext_lazy("인원이 맞습니다"), required=False)
    another = forms.BooleanField(label=gettext_lazy("따로 한 일입니다"), required=False)
    token = forms.UUIDField(
        label=gettext_lazy("양식"),
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), OTHER_PAGE),
    )
    version = forms.IntegerField(
        label=gettext_lazy("양식"),
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), OTHER_PAGE),
    )

    state = forms.ChoiceField(
        label=gettext_lazy("양식"),
        choices=Record.State,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid_choice"), OTHER_PAGE),
    )
    asked = forms.CharField(
        label=gettext_lazy("양식"),
        widget=forms.HiddenInput,
        error_messages={"required": OTHER_PAGE},
    )

    class Meta:
        model = Record
        fields = ("happened_on", "dong", "quantity", "people", "note")
        formfield_callback = field_of
        widgets = {"note": forms.Textarea({"rows": 4})}
        error_messages = {
            "happened_on": {"required": gettext_lazy("추진일자를 적어 주세요.")},
            "note": {"max_length": gettext_lazy(f"내용은 {NOTE_LENGTH}자까지 적습니다.")},
        }

    def __init__(self, *args: Any, activity: Activity, last: Record | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.activity = activity
        self.kind = kind_of(activity.record_kind)
        self.fields["happened_on"].year = activity.plan.year
        self.fields["kept"].queryset = self.shown_so_far()
        # A dong that was closed since stays a choice where it was chosen.
        chosen = Dong.objects.filter(pk=self.instance.dong_id)
        self.fields["dong"].queryset = Dong.objects.open() | chosen
        self.fields["dong"].empty_label = _("정하지 않음")
        self.leave_out()
        self.name_numbers(last)
        self.begin_with(last)
        self.helper = within(self, self.groups())

    def shown_so_far(self) -> Any:
        """Return the evidence that the record already has."""
        return self.instance.evidence.all() if self.instance.pk else Evidence.objects.none()

    def leave_out(self) -> None:
        """Remove the fields that this kind does not ask."""
        unasked = [name for name in ASKED_OF_THE_UNUSUAL if name not in self.data]
        if not self.kind.is_timed:
            unasked += ["starts", "ends"]
        if not self.kind.quantity or self.activity.measure != Measure.QUANTITY:
            unasked.append("quantity")
        if not self.kind.people:
            unasked.append("people")
        if self.kind.is_personal:
            unasked += ["dong", "note", "files"]
        if self.kind.facilities:
            unasked.append("dong")
        if not self.instance.pk or not self.fields["kept"].queryset:
            unasked.append("kept")
        for name in set(unasked):
            self.fields.pop(name)

    def name_numbers(self, last: Record | None) -> None:
        """Label the number fields with their units, and require the one that counts."""
        units = {"quantity": self.activity.unit, "people": _("명")}
        labels = {"quantity": self.kind.quantity, "people": self.kind.people}
        for name in units.keys() & self.fields.keys():
            field, unit = self.fields[name], units[name]
            field.label = f"{labels[name]}({unit})" if unit else labels[name]
            field.required = self.activity.measure == name
            field.error_messages |= {
                "required": _("%(label)s을(를) 적어 주세요. 이 수를 더해 진행을 잽니다.")
                % {"label": field.label},
            }
            value = getattr(last, name, None)
            if value is not None and not self.instance.pk:
                field.help_text = _("지난번: %(value)s") % {"value": grouped(value)}

    def begin_with(self, last: Record | None) -> None:
        """Start with today and the user's last values; an existing record shows its own."""
        seen = {"version": self.instance.version, "state": self.instance.state}
        asked = json.dumps(asked_of(self.activity))
        self.initial |= {"token": uuid4(), "asked": asked, **seen}
        source = self.instance if self.instance.pk else last
        if not self.instance.pk:
            self.initial["happened_on"] = self.likely_day()
            self.initial["dong"] = last and last.dong_id
        for name, moment in (("starts", "starts_at"), ("ends", "ends_at")):
            value = getattr(source, moment, None)
            self.initial[name] = value and timezone.localtime(value).time()
        if self.instance.pk and "kept" in self.fields:
            self.initial["kept"] = [one.pk for one in self.fields["kept"].queryset]

    def likely_day(self) -> date:
        """Return today, limited to the plan's year."""
        today, year = timezone.localdate(), self.activity.plan.year
        return min(today, date(year, 12, 31)) if today.year >= year else date(year, 1, 1)

    def groups(self) -> list[Any]:
        """Return the fields in their groups."""
        there = self.fields.keys()
        when = [name for name in ("happened_on", "starts", "ends") if name in there]
        numbers = [name for name in ("quantity", "people", "sure") if name in there]
        rest = [name for name in ("dong", "note", "kept", "files") if name in there]
        return [
            *(name for name in there if self.fields[name].widget.is_hidden),
            *(name for name in ("another", "facility") if name in there),
            Div(*when, css_class="form-row"),
            *([Div(*numbers, css_class="form-row")] if numbers else []),
            *rest,
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an end time without a start time, and one equal to it."""
        values = super().clean()
        starts, ends = values.get("starts"), values.get("ends")
        if ends and not starts and "starts" not in self.errors:
            self.add_error("starts", _("끝 시각이 있으면 시작 시각도 적어 주세요."))
        elif ends and starts == ends:
            self.add_error("ends", _("시작 시각과 끝 시각이 같습니다. 끝난 시각을 적어 주세요."))
        return values

    def clean_asked(self) -> list[str]:
        """Return the measure that the form was made for. Refuse what our pages never send."""
        try:
            asked = json.loads(self.cleaned_data["asked"])
            # All must be texts that can be encoded (no lone surrogates).
            "".join(asked).encode()
        except (TypeError, ValueError, RecursionError) as error:
            raise ValidationError(OTHER_PAGE) from error
        codes = [one.code for one in kinds]
        if not isinstance(asked, list) or len(asked) != len(MEASURE) or asked[0] not in codes:
            raise ValidationError(OTHER_PAGE)
        return asked

    def is_sure_of(self, people: int | None) -> bool:
        """Return whether a number of people is usual, or the user has confirmed an unusual one."""
        largest = None if self.data.get("sure") else unusual_people(self.activity, people)
        if largest is None:
            return True
        sentence = _(
            "%(people)s명은 지금까지의 최대(%(largest)s명)보다 훨씬 많습니다. "
            "맞으면 「인원이 맞습니다」를 고르고, 아니면 고쳐 주세요."
        ) % {"people": f"{people:,}", "largest": f"{largest:,}"}
        column = "people" if "people" in self.fields else None
        self.ask("sure", sentence, beside=column)
        return False

    def ask_whether_another(self, twin: Record) -> None:
        """Ask whether this is other work than an existing record with the same content."""
        link = format_html('<a href="{}">{}</a>', twin.get_absolute_url(), named(twin))
        sentence = format_html(
            _(
                "같은 내용의 {}이(가) 이미 있습니다. 따로 한 일이면 「따로 한 일입니다」를 고르고 "
                "다시 저장하고, 그 실적을 고치려면 열어서 고치세요."
            ),
            link,
        )
        self.ask("another", sentence)

    def ask_facility(self, facilities: Sequence[Facility], chosen: Facility | None) -> None:
        """Ask for one of the facilities that the kind is about."""
        choices = [(one.pk, f"{one} ({one.dong})") for one in facilities]
        field = forms.ChoiceField(label=_("시설"), choices=[("", _("고르세요")), *choices])
        sentence = _("어느 시설인지 고르세요.")
        if chosen:
            sentence = _(
                "「%(name)s」은(는) 그 사이 폐쇄되었거나 종류가 바뀌었습니다. 시설을 다시 고르세요."
            ) % {"name": chosen}
        self.ask("facility", sentence, field=field, beside="facility")

    def ask(
        self,
        name: str,
        sentence: str,
        *,
        field: forms.Field | None = None,
        beside: str | None = None,
    ) -> None:
        """Add a question with a field of its own; nothing is saved until it is answered."""
        self.fields[name] = field or self.base_fields[name]
        self.helper = within(self, self.groups())
        self.add_error(beside, sentence)

    def facts(self) -> dict[str, Any]:
        """Return the typed values by record column."""
        values = self.cleaned_data
        starts_at, ends_at = moments(
            values["happened_on"], values.get("starts"), values.get("ends")
        )
        dong = values.get("dong")
        return {name: values.get(name) for name in FACTS} | {
            "starts_at": starts_at,
            "ends_at": ends_at,
            "dong_id": dong.pk if dong else None,
        }


def asked_of(activity: Activity) -> list[str]:
    """Return an activity's measure, which decides what its form asks."""
    return [getattr(activity, one) for one in MEASURE]


def moments(day: date, starts: time | None, ends: time | None) -> tuple[Any, Any]:
    """Return start and end as moments; an end before the start is on the next day."""
    if starts is None:
        return None, None
    first = timezone.make_aware(datetime.combine(day, starts))
    if ends is None:
        return first, None
    last = timezone.make_aware(datetime.combine(day, ends))
    return first, last if last > first else last + timedelta(days=1)


class VoidForm(PlainFormMixin, forms.Form):
    """Form for the reason why a record is voided."""

    reason = forms.CharField(
        label=gettext_lazy("취소하는 까닭"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("왜 취소하는지 적어 주세요.")},
    )

    def __init__(self, *args: Any, kind: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if kind.is_personal:
            reasons = [_("두 번 적음"), _("잘못 적음"), _("하지 않은 일")]
            self.fields["reason"] = forms.ChoiceField(
                label=_("취소하는 까닭"),
                choices=[(one, one) for one in reasons],
                widget=forms.RadioSelect,
                error_messages={"required": _("왜 취소하는지 골라 주세요.")},
            )
        self.helper = KrdsHelper(self, submit=_("실적 취소"))
