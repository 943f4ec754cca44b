"""What is typed of a record: what every kind asks, what its own kind asks, what was found."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.numbers import NumberField, WholeNumberField, grouped
from gwonseon.fields.of_models import field_of
from gwonseon.fields.texts import one_line, visible
from gwonseon.fields.times import TimeField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.limits import LARGEST_EVIDENCE, LARGEST_FILES, MEBIBYTE, MOST_FILES
from gwonseon.office.models import Department, Dong, User
from plans.ledger.actions import FACTS, Entry
from plans.ledger.kinds import kind_of
from plans.ledger.models import NOTE_LENGTH, Evidence, Facility, Finding, Record
from plans.ledger.photos import MOST_SECONDS_TOGETHER, TAKEN, evidence_of
from plans.ledger.queries import unusual_people
from plans.tree.choices import Measure
from plans.tree.models import Activity

OTHER_PAGE = gettext_lazy("기록하는 화면을 새로 열어 다시 적어 주세요.")
MORE_FINDINGS = 5


class FilesField(forms.FileField):
    """Several files. Its value is a list of Evidence, not saved."""

    class Input(forms.FileInput):
        allow_multiple_selected = True

    widget = Input({"accept": "image/jpeg,image/png,image/webp,application/pdf"})

    def clean(self, data: list[UploadedFile], _initial: Any = None) -> list[Evidence]:
        """Take each file, or say of each why not."""
        uploads = [one for one in data or [] if one]
        if len(uploads) > MOST_FILES:
            raise ValidationError(
                _("파일은 한 번에 %(most)s개까지 올립니다. 나누어 올리세요."),
                params={"most": MOST_FILES},
            )
        # A single file that is too large is named by itself.
        fitting = [one.size for one in uploads if one.size <= LARGEST_EVIDENCE]
        if sum(fitting) > LARGEST_FILES:
            raise ValidationError(
                _("파일을 모두 합해 %(most)sMB까지 올립니다. 나누어 올리세요."),
                params={"most": LARGEST_FILES // MEBIBYTE},
            )
        taken, errors, ends = [], [], monotonic() + MOST_SECONDS_TOGETHER
        for upload in uploads:
            try:
                taken.append(evidence_of(super().clean(upload), ends - monotonic()))
            except ValidationError as error:
                errors += error.error_list
        if errors:
            raise ValidationError(errors)
        return taken


class PlainFormMixin:
    """Text without surprises: no character that hides, and one line where the field is one line."""

    def clean(self) -> dict[str, Any]:
        """Refuse what hides in text."""
        values = super().clean()
        for name, value in list(values.items()):
            if not isinstance(value, str):
                continue
            try:
                visible(value)
            except ValidationError as error:
                self.add_error(name, error)
            is_long = isinstance(self.fields[name].widget, forms.Textarea)
            values[name] = value.replace("\r\n", "\n").strip() if is_long else one_line(value)
        return values


class DetailForm(PlainFormMixin, forms.ModelForm):
    """What only a kind asks. A pillar's form names its model and fields, and may group them.

    `offered` are the fields that begin with what the same person wrote last time.
    """

    offered: tuple[str, ...] = ()

    class Meta:
        formfield_callback = field_of

    def __init__(
        self, *args: Any, activity: Activity, facility: Facility | None = None, **options: Any
    ) -> None:
        super().__init__(*args, prefix="detail", **options)
        self.activity, self.facility = activity, facility
        self.helper = within(self, self.groups())

    def groups(self) -> list[Any]:
        """Return the fields in their groups."""
        return [*self.fields]

    def offered_rows(self) -> Sequence[Model]:
        """Return the rows about somebody that the form offers to choose, for the access log."""
        return ()

    def detail(self) -> Model:
        """Return the detail that was typed, not saved and without its record."""
        return self.save(commit=False)

    def shared(self) -> dict[str, Any]:
        """Return what the record's own row takes from it, by column."""
        return {}


class FindingForm(PlainFormMixin, forms.ModelForm):
    """Something that must be put right. One that is emptied is taken away."""

    what = forms.CharField(label=gettext_lazy("무엇"), max_length=500, required=False)

    class Meta:
        model = Finding
        fields = ("category", "what", "spot", "department", "due_on")
        formfield_callback = field_of

    def __init__(self, *args: Any, categories: tuple[tuple[str, str], ...], **options: Any) -> None:
        super().__init__(*args, **options)
        # One that was closed since stays where it was chosen.
        chosen = Department.objects.filter(pk=self.initial.get("department"))
        self.fields["department"].queryset = Department.objects.open() | chosen
        self.fields["department"].empty_label = _("정하지 않음")
        if categories:
            self.fields["category"] = forms.ChoiceField(
                label=_("구분"), choices=[("", _("정하지 않음")), *categories], required=False
            )
        else:
            del self.fields["category"]
        self.helper = within(
            self,
            [Div("category", "spot", css_class="form-row"), "what"]
            if categories
            else ["what", "spot"],
        )
        self.helper.layout.append(Div("department", "due_on", css_class="form-row"))

    def clean(self) -> dict[str, Any]:
        """Ask what it is where anything else of it is said."""
        values = super().clean()
        if any(values.values()) and not values.get("what"):
            self.add_error("what", _("무엇을 조치해야 하는지 적으세요. 없으면 다른 칸도 비우세요."))
        return values


class RecordForm(PlainFormMixin, forms.ModelForm):
    """What every kind of record asks, as far as this one asks it."""

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
        # One that was closed since stays where it was chosen.
        chosen = Dong.objects.filter(pk=self.instance.dong_id)
        self.fields["dong"].queryset = Dong.objects.open() | chosen
        self.fields["dong"].empty_label = _("정하지 않음")
        self.leave_out()
        self.name_numbers(last)
        self.begin_with(last)
        self.helper = within(self, self.groups())

    def shown_so_far(self) -> Any:
        """Return the evidence that the record has already."""
        return self.instance.evidence.all() if self.instance.pk else Evidence.objects.none()

    def leave_out(self) -> None:
        """Take away what this kind does not ask."""
        unasked = ["sure"] if "sure" not in self.data else []
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
        """Name the numbers with their units, and ask for the one that counts."""
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
        """Offer today and what the same person wrote last time; a written record says its own."""
        seen = {"version": self.instance.version, "state": self.instance.state}
        self.initial |= {"token": uuid4(), **seen}
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
        """Return today, as far as it is in the plan's year."""
        today, year = timezone.localdate(), self.activity.plan.year
        return min(today, date(year, 12, 31)) if today.year >= year else date(year, 1, 1)

    def groups(self) -> list[Any]:
        """Return the fields in their groups."""
        there = self.fields.keys()
        when = [name for name in ("happened_on", "starts", "ends") if name in there]
        numbers = [name for name in ("quantity", "people", "sure") if name in there]
        rest = [name for name in ("dong", "note", "kept", "files") if name in there]
        return [
            "token",
            "version",
            "state",
            Div(*when, css_class="form-row"),
            *([Div(*numbers, css_class="form-row")] if numbers else []),
            *rest,
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an end without a beginning, and one that is the beginning."""
        values = super().clean()
        starts, ends = values.get("starts"), values.get("ends")
        if ends and not starts and "starts" not in self.errors:
            self.add_error("starts", _("끝 시각이 있으면 시작 시각도 적어 주세요."))
        elif ends and starts == ends:
            self.add_error("ends", _("시작 시각과 끝 시각이 같습니다. 끝난 시각을 적어 주세요."))
        return values

    def is_sure_of(self, people: int | None) -> bool:
        """Return whether a number of people can be; an unusual one its writer must confirm."""
        largest = None if self.data.get("sure") else unusual_people(self.activity, people)
        if largest is None:
            return True
        self.fields["sure"] = forms.BooleanField(label=_("인원이 맞습니다"), required=False)
        self.helper = within(self, self.groups())
        self.add_error(
            "people" if "people" in self.fields else None,
            _(
                "%(people)s명은 지금까지의 최대(%(largest)s명)보다 훨씬 많습니다. "
                "맞으면 「인원이 맞습니다」를 고르고, 아니면 고쳐 주세요."
            )
            % {"people": f"{people:,}", "largest": f"{largest:,}"},
        )
        return False

    def facts(self) -> dict[str, Any]:
        """Return what was typed by the record's columns."""
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


def moments(day: date, starts: time | None, ends: time | None) -> tuple[Any, Any]:
    """Return from when to when; who ends before they began went on past midnight."""
    if starts is None:
        return None, None
    first = timezone.make_aware(datetime.combine(day, starts))
    if ends is None:
        return first, None
    last = timezone.make_aware(datetime.combine(day, ends))
    return first, last if last > first else last + timedelta(days=1)


def within(form: forms.BaseForm, groups: list[Any]) -> KrdsHelper:
    """Return the helper of a form that stands with others in one form of the page."""
    helper = KrdsHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*groups)
    return helper


class EntryForms:
    """The forms of one record, filled in and checked together.

    Where it `begins`, a new one offers what the same person wrote last.
    """

    def __init__(
        self,
        *,
        user: User,
        activity: Activity,
        facility: Facility | None = None,
        record: Record | None = None,
        begins: bool = True,
        data: Any = None,
        files: Any = None,
    ) -> None:
        self.activity, self.facility, self.written = activity, facility, record
        kind = self.kind = kind_of(activity.record_kind)
        last = self.last = last_record(user, activity) if begins and not record else None
        typed = (data, files) if data is not None else ()
        self.record = RecordForm(
            *typed, activity=activity, last=last, instance=record or Record(activity=activity)
        )
        self.detail = None
        if kind.form:
            source = record or last
            there = source and kind.detail.objects.filter(record=source).first()
            names = kind.form.Meta.fields if record else kind.form.offered
            initial = model_to_dict(there, names) if there and names else {}
            self.detail = kind.form(*typed, activity=activity, facility=facility, initial=initial)
        self.findings = self.findings_formset(typed) if kind.findings else None

    def findings_formset(self, typed: tuple) -> forms.BaseFormSet:
        """Return the forms of what was found: those that are written, and some to fill in."""
        make = forms.formset_factory(FindingForm, extra=MORE_FINDINGS, max_num=50)
        rows = self.written.findings.all() if self.written and self.written.is_draft else []
        initial = [model_to_dict(one, FindingForm.Meta.fields) for one in rows]
        options = {"categories": self.kind.categories}
        return make(
            typed[0] if typed else None,
            prefix="findings",
            initial=initial,
            form_kwargs=options,
            error_messages={"missing_management_form": OTHER_PAGE},
        )

    @property
    def all(self) -> list[Any]:
        """The forms that there are."""
        return [one for one in (self.record, self.detail, self.findings) if one is not None]

    @property
    def shows_findings(self) -> bool:
        """Whether any finding is written, or wrong."""
        return any(form.initial or form.has_changed() for form in self.findings)

    def is_valid(self) -> bool:
        """Check all of them, so that all errors are told at once."""
        if False in [one.is_valid() for one in self.all]:
            return False
        return self.record.is_sure_of(self.entry().facts["people"])

    def renew(self, **values: Any) -> None:
        """Let what was typed be saved again: with a token of its own, and other hidden values."""
        self.record.data = self.record.data.copy()
        for name, value in {"token": str(uuid4()), **values}.items():
            self.record.data[name] = value

    def refuse(self, sentence: str) -> None:
        """Say why nothing was written."""
        self.record.add_error(None, sentence)

    def entry(self) -> Entry:
        """Return what was typed."""
        typed = self.record.cleaned_data
        place = {}
        if self.facility and not self.kind.is_personal:
            place = {"facility_id": self.facility.pk, "dong_id": self.facility.dong_id}
        shared = self.detail.shared() if self.detail else {}
        return Entry(
            self.record.facts() | place | shared,
            detail=self.detail.detail() if self.detail else None,
            findings=[
                form.save(commit=False)
                for form in (self.findings or [])
                if form.cleaned_data.get("what")
            ],
            evidence=typed.get("files", []),
            kept=[one.pk for one in typed.get("kept", [])],
            token=typed["token"],
        )


def last_record(user: User, activity: Activity) -> Record | None:
    """Return what somebody recorded last for an activity (1 query)."""
    rows = Record.objects.current().filter(strikes_out=False)
    rows = rows.filter(activity=activity, written_by=user)
    return rows.order_by("-pk").first()


class VoidForm(PlainFormMixin, forms.Form):
    """Why a record is struck out."""

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
