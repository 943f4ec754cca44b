"""Choices for the columns of nodes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    """How sure the office is that a correction is right."""

    HIGH = "high", _("확실")
    MEDIUM = "medium", _("추정")


class ActivityKind(models.TextChoices):
    """The kind of work an activity is."""

    PATROL = "patrol", _("순찰")
    INSPECTION = "inspection", _("점검·방문")
    COURSE = "course", _("교육·강좌")
    EVENT = "event", _("행사·활동")
    WORKS = "works", _("공사·정비")
    UPKEEP = "upkeep", _("유지관리")
    MEASUREMENT = "measurement", _("측정")
    REQUEST = "request", _("신청·방문")
    CASE = "case", _("상담·사례관리")
    DELIVERY = "delivery", _("나눔·전달")
    COLLECTION = "collection", _("수거")
    PLOT = "plot", _("텃밭 분양")
    BUDGET = "budget", _("예산 참여")
    OPINION = "opinion", _("의견 수렴")
    GATHERING = "gathering", _("회의·모임")
    TALLY = "tally", _("창구 운영")
    NOTICE = "notice", _("문자 안내")
    AUDIT = "audit", _("감사")


class Audience(models.TextChoices):
    """Whom an activity is for."""

    EVERYONE = "everyone", _("모든 주민")
    CHILDREN = "children", _("영유아·어린이")
    YOUTH = "youth", _("청소년")
    ADULTS = "adults", _("청년·중장년")
    SENIORS = "seniors", _("어르신")
    FAMILIES = "families", _("가정")
    WOMEN = "women", _("여성")
    DISABLED = "disabled", _("장애인")
    MULTICULTURAL = "multicultural", _("다문화 가정")
    LOW_INCOME = "low-income", _("저소득·취약계층")
    BUSINESSES = "businesses", _("기업·소상공인")
    STAFF = "staff", _("공직자")


class Measure(models.TextChoices):
    """What is added up over an activity's records."""

    RECORDS = "records", _("건수")
    PEOPLE = "people", _("인원")
    QUANTITY = "quantity", _("수량")


class TargetOrigin(models.TextChoices):
    """Where an activity's target comes from."""

    DOCUMENT = "document", _("문서")
    STAFF = "staff", _("담당자")
