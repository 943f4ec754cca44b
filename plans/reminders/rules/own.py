"""The rules of this layer, in the order in which staff see them in their settings."""

from django.utils.translation import gettext_lazy as _

from plans.reminders.rules import (
    amendments,
    blockers,
    findings,
    milestones,
    owners,
    records,
    updates,
    upkeep,
)
from plans.reminders.rules.registry import Rule, rules

OWN = (
    Rule(
        "updates", _("추진상황 쓰기"), dues=updates.updates_to_hand_in, urgent=True, tells_head=True
    ),
    Rule("updates-waiting", _("추진상황 승인하기"), finds=updates.updates_to_decide),
    Rule("milestones", _("추진일정"), dues=milestones.milestones_to_do, tells_head=True),
    Rule("records", _("지난달에 없는 실적"), finds=records.records_to_write),
    Rule("drafts", _("확정하지 않은 실적"), finds=records.drafts_to_confirm),
    Rule(
        "findings",
        _("조치할 일"),
        dues=findings.findings_to_correct,
        urgent=True,
        tells_head=True,
    ),
    Rule("amendments", _("변경 결정하기"), finds=amendments.amendments_to_decide),
    Rule("owners", _("담당자 정하기"), finds=owners.activities_without_person),
    Rule("blockers", _("애로사항 풀기"), dues=blockers.blockers_to_resolve),
    Rule("senders", _("발신번호의 기한"), dues=upkeep.sender_numbers_to_renew, urgent=True),
    Rule("codes", _("로그인 복구 번호"), finds=upkeep.recovery_codes_to_renew, is_personal=True),
)


def register_rules() -> None:
    """Add the rules in OWN to the registry."""
    for rule in OWN:
        rules.register(rule)
