"""Access rules for findings."""

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.ledger.access import may_record
from plans.ledger.models import Finding, FindingQuerySet, Record
from plans.tree.access import owned_by
from plans.tree.models import Activity


def findings_for(user: User) -> FindingQuerySet:
    """Return the findings of confirmed records that the user may see, with related rows."""
    seen = Record.objects.visible_to(user).confirmed()
    related = [f"record__activity__{Activity.PILLAR_PATH}", "record__facility", "record__dong"]
    rows = Finding.objects.filter(record__in=seen)
    return rows.select_related(*related, "record__activity__plan", "department", "done_by")


def finding_for(user: User, key: int) -> Finding:
    """Return a finding that the user may see, or raise Http404 (1 query)."""
    found = findings_for(user).filter(pk=key).first()
    if found is None:
        raise Http404(_("그런 조치 사항이 없습니다."))
    return found


def may_close(user: User, finding: Finding) -> bool:
    """Return whether the user may close a finding (1 query at most).

    The department that must correct it may, and staff who may write records for the activity.
    """
    mends = finding.department_id is not None and finding.department_id == user.department_id
    if mends and user.has_perm("plans.edit_department"):
        return True
    return may_record(user, finding.record.activity)


def of_department(department: int | None) -> Q:
    """Return the query condition that a department must correct a finding.

    If the finding names no department, it is the one that owns the activity.
    """
    return Q(department=department or 0) | Q(department=None) & owned_by(
        department, "record__activity__"
    )
