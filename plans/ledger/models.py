"""Models of the ledger: Record (one dated fact of work done), its evidence, findings, detail."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.files.base import ContentFile
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from gwonseon.fields.numbers import grouped
from gwonseon.office.models import Department, Dong, User
from plans.facilities.models import Facility
from plans.ledger.kinds import kind_of, personal_codes
from plans.ledger.triggers import (
    ACTIVITY_TRIGGERS,
    DETAIL_TRIGGERS,
    FINDING_TRIGGERS,
    RECORD_TRIGGERS,
)
from plans.tree.access import owned_by
from plans.tree.measures import record_kind_choices
from plans.tree.models import Activity

pgtrigger.register(*ACTIVITY_TRIGGERS)(Activity)

NOTE_LENGTH = 2000


def seen_by(user: User, above: str = "") -> Q:
    """Return the condition under which a staff member may see an activity's records.

    Records of personal kinds are seen only by users of the department that owns the activity who
    may read drafts of plans. `above` is the lookup path to the activity, as in `owned_by`.
    """
    shared = ~Q(**{f"{above}record_kind__in": personal_codes()})
    if not user.has_perm("plans.view_draft"):
        return shared
    return shared | owned_by(user.department_id, above)


class RecordQuerySet(models.QuerySet["Record"]):
    """Filters for records."""

    def confirmed(self) -> "RecordQuerySet":
        """Return the confirmed records, which are those that count."""
        return self.filter(state=Record.State.CONFIRMED)

    def current(self) -> "RecordQuerySet":
        """Return drafts and confirmed records: neither replaced nor voided."""
        return self.filter(state__in=[Record.State.DRAFT, Record.State.CONFIRMED])

    def visible_to(self, user: User) -> "RecordQuerySet":
        """Return the records that a staff member may see.

        Users who read drafts of plans see draft records, too; for personal kinds see `seen_by`.
        """
        rows = self.filter(seen_by(user, "activity__"))
        return rows if user.has_perm("plans.view_draft") else rows.confirmed()

    def personal(self) -> "RecordQuerySet":
        """Return the records of personal kinds."""
        return self.filter(kind__in=personal_codes())

    def personal_limited_to(self, records: "Iterable[Record]") -> "RecordQuerySet":
        """Return these records without the personal ones that are not in `records`."""
        keys = [one.pk for one in records]
        return self.filter(~Q(kind__in=personal_codes()) | Q(pk__in=keys))

    def with_context(self) -> "RecordQuerySet":
        """Load the related rows that a list shows, in the same query."""
        return self.select_related(
            "activity__initiative", "dong", "facility", "written_by", "correction"
        )


@hold_choices
class Record(models.Model):
    """One dated fact: somebody did work for an activity, and this is how much.

    A confirmed record never changes: another record that `corrects` it replaces it, and a
    replacement that `strikes_out` becomes `void` and counts nothing. Database triggers enforce
    this, and that a record belongs to its published plan's year. `quantity` is in the activity's
    unit, `people` in 명; where the kind is personal, note, dong and facility stay empty.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("작성중")
        CONFIRMED = "confirmed", _("확정")
        CORRECTED = "corrected", _("정정됨")
        VOID = "void", _("취소")

    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name=_("활동"), related_name="records"
    )
    kind = models.CharField(_("기록 양식"), choices=record_kind_choices, max_length=40)
    year = models.PositiveSmallIntegerField(_("연도"))
    happened_on = models.DateField(_("추진일자"))
    starts_at = models.DateTimeField(_("시작"), null=True, blank=True)
    ends_at = models.DateTimeField(_("끝"), null=True, blank=True)
    dong = models.ForeignKey(
        Dong, models.PROTECT, verbose_name=_("동"), null=True, blank=True, related_name="+"
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name=_("시설"), null=True, blank=True, related_name="+"
    )
    quantity = models.DecimalField(
        _("수량"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    people = models.PositiveIntegerField(_("인원"), null=True, blank=True)
    note = models.TextField(_("내용"), blank=True, max_length=NOTE_LENGTH)
    state = models.CharField(_("상태"), choices=State, default=State.DRAFT, max_length=10)
    # No index of its own: two indexes below start with it.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("쓴 사람"),
        related_name="+",
        db_index=False,
    )
    written_at = models.DateTimeField(_("쓴 때"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("확정한 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("확정한 때"), null=True, blank=True)
    confirmed_on = models.DateField(_("확정한 날"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name=_("바로잡는 기록"),
        null=True,
        blank=True,
        related_name="correction",
    )
    strikes_out = models.BooleanField(_("취소하는 기록"), default=False, db_default=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    token = models.UUIDField(
        default=uuid4,
        unique=True,
        editable=False,
        help_text="Of the form that it came from: the same form sent twice is one record.",
    )

    # True where the form had already written this record before.
    was_there = False

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("실적")
        triggers = RECORD_TRIGGERS
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gte=0), name="record_quantity_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(happened_on__year=F("year")), name="record_happened_in_its_year"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | Q(happened_on__lte=F("confirmed_on")),
                name="record_confirmed_after_it_happened",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="record_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", confirmed_by=None, confirmed_at=None, confirmed_on=None)
                | ~Q(state="draft")
                & Q(
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                    confirmed_on__isnull=False,
                ),
                name="record_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(strikes_out=False) & ~Q(state="void")
                | Q(strikes_out=True, state__in=["draft", "void"], corrects__isnull=False)
                & ~Q(note=""),
                name="record_void_replaces_one_and_has_a_note",
            ),
        ]
        indexes = [
            # Progress, also by month and by dong, is summed from this index without reading rows.
            models.Index(
                fields=["activity", "happened_on"],
                include=["quantity", "people", "dong"],
                condition=Q(state="confirmed"),
                name="record_sums",
            ),
            # Pages of lists.
            models.Index(fields=["happened_on", "id"], name="record_by_day"),
            models.Index(fields=["activity", "happened_on", "id"], name="record_of_activity"),
            models.Index(fields=["dong", "happened_on", "id"], name="record_of_dong"),
            models.Index(fields=["kind", "happened_on", "id"], name="record_of_kind"),
            models.Index(fields=["written_by", "happened_on", "id"], name="record_of_writer"),
            # The writer's last record for an activity.
            models.Index(fields=["written_by", "activity", "id"], name="record_last_of_writer"),
            models.Index(
                fields=["facility", "happened_on", "id"],
                condition=Q(facility__isnull=False),
                name="record_of_facility",
            ),
            models.Index(
                fields=["happened_on", "id"], condition=Q(state="draft"), name="record_drafts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.activity}"

    def get_absolute_url(self) -> str:
        """Return the address of its staff page."""
        return reverse("ledger:record", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == self.State.DRAFT

    @property
    def state_text(self) -> str:
        """The state as text: a voided record is not called corrected."""
        after = getattr(self, "correction", None)
        if self.state == self.State.CORRECTED and after and after.strikes_out:
            return str(_("취소됨"))
        return str(self.get_state_display())

    @property
    def awaits(self) -> str:
        """The label of a waiting correction or voiding: by this draft, or of this record."""
        replaces = self.is_draft and self.corrects_id
        draft = self if replaces else getattr(self, "correction", None)
        if draft is None or not draft.is_draft:
            return ""
        return str(_("취소 대기") if draft.strikes_out else _("정정 대기"))

    @property
    def kind_label(self) -> str:
        """The label of its kind."""
        return str(kind_of(self.kind).label)


def evidence_path(evidence: "Evidence", _name: str) -> str:
    """Return the path of a file: its original name is no part of it."""
    return f"evidence/{evidence.record.year}/{uuid4().hex}.{evidence.suffix}"


@hold_choices
class Evidence(models.Model):
    """A photo or a document that shows what a record says."""

    class Type(models.TextChoices):
        PHOTO = "image/jpeg", _("사진")
        DOCUMENT = "application/pdf", _("문서")

    record = models.ForeignKey(
        Record, models.CASCADE, verbose_name=_("실적"), related_name="evidence"
    )
    file = models.FileField(_("파일"), upload_to=evidence_path)
    name = models.CharField(_("이름"), max_length=100)
    type = models.CharField(_("형식"), choices=Type, max_length=20)
    size = models.PositiveIntegerField(_("크기"), help_text="Bytes.")
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the content.")

    class Meta:
        verbose_name = verbose_name_plural = _("증빙")
        triggers = DETAIL_TRIGGERS
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="evidence_has_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, name: str, kind: Type, content: bytes, **facts: Any) -> "Evidence":
        """Return an unsaved evidence row with a file's content."""
        return cls(
            name=name,
            type=kind,
            size=len(content),
            digest=sha256(content).hexdigest(),
            file=ContentFile(content, name),
            **facts,
        )

    @property
    def suffix(self) -> str:
        """The file name's extension."""
        return "jpg" if self.type == self.Type.PHOTO else "pdf"

    @property
    def is_photo(self) -> bool:
        """Whether a page can show it as an image."""
        return self.type == self.Type.PHOTO


class FindingQuerySet(models.QuerySet["Finding"]):
    """Filters for findings."""

    def counted(self) -> "FindingQuerySet":
        """Return the findings of confirmed records."""
        return self.filter(record__state=Record.State.CONFIRMED)

    def open(self) -> "FindingQuerySet":
        """Return what is not put right yet, the most urgent first."""
        return self.counted().filter(done_on=None).order_by(F("due_on").asc(nulls_last=True), "pk")

    def overdue(self, on: date) -> "FindingQuerySet":
        """Return the open findings whose due day is before a day."""
        return self.open().filter(due_on__lt=on)


class Finding(models.Model):
    """Something that a record found and that is followed until it is put right.

    A hazard of a patrol, a defect of a facility, a finding of an audit: the record's kind gives
    its label and categories. A correction of the record takes its findings over.
    """

    record = models.ForeignKey(
        Record, models.CASCADE, verbose_name=_("실적"), related_name="findings"
    )
    category = models.CharField(_("구분"), max_length=40, blank=True)
    what = models.CharField(_("무엇"), max_length=500)
    spot = models.CharField(_("어디"), max_length=200, blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        verbose_name=_("조치할 부서"),
        null=True,
        blank=True,
        related_name="+",
    )
    due_on = models.DateField(_("조치 기한"), null=True, blank=True)
    done_on = models.DateField(_("조치한 날"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("조치를 적은 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    done_note = models.CharField(_("조치 내용"), max_length=500, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("조치 사항")
        triggers = FINDING_TRIGGERS
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None, done_note="")
                | Q(done_on__isnull=False, done_by__isnull=False) & ~Q(done_note=""),
                name="finding_done_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_on=None), name="finding_open"),
        ]

    def __str__(self) -> str:
        return self.what


class Detail(models.Model):
    """Base class for the fields that only one kind of record has, in a row beside the record.

    A pillar's details are subclasses, each with a `Meta` that inherits this one's. Labels name
    the units, as in 「면적(㎡)」. Database triggers allow no change once the record is confirmed.
    """

    record = models.OneToOneField(
        Record, models.CASCADE, primary_key=True, related_name="%(class)s"
    )

    class Meta:
        abstract = True
        triggers = DETAIL_TRIGGERS

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def facts(self) -> list[tuple[str, str]]:
        """Return label and text of each field that has a value."""
        columns = [field for field in self._meta.fields if field.name != "record"]
        told = [(field, getattr(self, field.name)) for field in columns]
        return [
            (str(field.verbose_name), column_in_words(field, value))
            for field, value in told
            if value not in (None, "", [])
        ]


def column_in_words(field: models.Field, value: Any) -> str:
    """Return a column's value as display text."""
    if isinstance(field, ArrayField):
        return ", ".join(column_in_words(field.base_field, one) for one in value)
    if field.choices:
        return str(dict(field.flatchoices)[value])
    if isinstance(value, bool):
        return str(_("예") if value else _("아니오"))
    if isinstance(value, int | Decimal):
        return grouped(value)
    return str(value)


@hold_choices
class Inspection(Detail):
    """The result of a facility's inspection, with its checklist."""

    class Way(models.TextChoices):
        REGULAR = "regular", _("정기")
        AD_HOC = "ad-hoc", _("수시")
        JOINT = "joint", _("합동")

    class Outcome(models.TextChoices):
        FINE = "fine", _("이상 없음")
        FIXED = "fixed", _("현장 시정")
        REPAIR = "repair", _("보수·보강 필요")
        DIAGNOSIS = "diagnosis", _("정밀안전진단 필요")

    class Grade(models.TextChoices):
        A = "A", _("A 우수")
        B = "B", _("B 양호")
        C = "C", _("C 보통")
        D = "D", _("D 미흡")
        E = "E", _("E 불량")

    way = models.CharField(_("점검 방법"), choices=Way, max_length=10, default=Way.REGULAR)
    grade = models.CharField(_("안전 등급"), choices=Grade, max_length=1, blank=True)
    passed = ArrayField(
        models.CharField(max_length=100), verbose_name=_("이상 없는 항목"), default=list, blank=True
    )
    failed = ArrayField(
        models.CharField(max_length=100), verbose_name=_("조치할 항목"), default=list, blank=True
    )
    outcome = models.CharField(_("점검 결과"), choices=Outcome, max_length=10)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("점검")
