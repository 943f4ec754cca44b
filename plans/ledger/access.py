"""Rules for which staff members may record, confirm and correct work for an activity.

- Users who may write below the activity's pillar (기획, 축 총괄), and the 부서 담당자 of a
  department that owns or supports the activity, may record, confirm and correct.
- Records of a personal kind are seen and written by the owning department only.
- A kind may require confirmation by another person. Then no author of a record may confirm it: an
  author is anybody who wrote a version of the draft, or who asked to correct or void the record
  (they are the author of the replacement).
- Who may approve the activity releases photos of its confirmed records for reports, but none of a
  personal kind.

`Record.objects.visible_to` says who may see a record.
"""

from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.ledger.kinds import kind_of
from plans.ledger.models import Record, RecordQuerySet
from plans.tree.access import leads, may_approve, owner_of, owns, with_all_above
from plans.tree.models import Activity, ActivitySupporter, Plan
from plans.tree.querysets import PlanQuerySet


def activity_for(user: User, key: int) -> Activity:
    """Return an activity of a published plan with everything above it, or answer 404 (1 query)."""
    rows = with_all_above(Activity).select_related("plan__district")
    activity = rows.filter(plan__in=published(), pk=key).first()
    if activity is None or not may_see(user, activity):
        raise Http404(_("그런 활동이 없습니다."))
    return activity


def published() -> PlanQuerySet:
    """Return the plans that something can be recorded for."""
    return Plan.objects.published().order_by()


def may_see(user: User, activity: Activity) -> bool:
    """Return whether the user may see an activity's records that are not confirmed yet."""
    if kind_of(activity.record_kind).is_personal:
        return user.has_perm("plans.view_draft") and owns(user, owner_of(activity))
    return user.has_perm("plans.view_draft")


def may_record(user: User, activity: Activity) -> bool:
    """Return whether the user may record what was done for an activity (1 query at most)."""
    own = user.has_perm("plans.edit_department") and owns(user, owner_of(activity))
    if own or kind_of(activity.record_kind).is_personal:
        return own
    return leads(user, activity) or (
        user.has_perm("plans.edit_department")
        and ActivitySupporter.objects.filter(
            activity=activity, department=user.department_id
        ).exists()
    )


def may_confirm(user: User, record: Record) -> bool:
    """Return whether the user may confirm a record of an activity that they may record for.

    1 query where the kind asks for another person.
    """
    if not kind_of(record.kind).confirmed_by_another:
        return True
    return record.written_by_id != user.pk and not record.versions.filter(by=user).exists()


def may_release(user: User, record: Record) -> bool:
    """Return whether the user may release photos of a record for reports."""
    is_personal = kind_of(record.kind).is_personal
    counts = record.state == Record.State.CONFIRMED
    return counts and not is_personal and may_approve(user, record.activity)


def record_for(user: User, key: int) -> Record:
    """Return a record that the user may see, with related rows, or answer 404 (1 query)."""
    record = visible(user).filter(pk=key).first()
    if record is None:
        raise Http404(_("그런 실적이 없습니다."))
    return record


def visible(user: User) -> RecordQuerySet:
    """Return the records that a member of staff may see, with all that is above them."""
    above = f"activity__{Activity.PILLAR_PATH}"
    people = ["written_by", "confirmed_by"]
    related = [above, "activity__plan__district", "dong", "facility", *people, "correction"]
    return Record.objects.visible_to(user).select_related(*related)
