"""The app that all pillars share: the plan's tree, its records and its pages."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gwonseon.office.models import User
    from plans.ledger.kinds import RecordKind


class PlansConfig(AppConfig):
    """The tree, amendments, records, progress and pages of all pillars."""

    name = "plans"
    verbose_name = _("구정계획")

    def ready(self) -> None:
        """Grant permissions to roles; register menu entries, kinds of record and triggers."""
        from gwonseon.messaging.rotation import SealedColumn, sealed_columns
        from gwonseon.office.mail.bounces import bounces
        from gwonseon.office.models import Department, District, Dong
        from gwonseon.office.roles import EDITOR, HEAD, PLANNER, READER, grant
        from gwonseon.residents import exporting
        from plans.editing.reviews.reminders import RULE as REVIEWS
        from plans.ledger.inspections import INSPECTION
        from plans.ledger.kinds import ANY_WORK, register_kind
        from plans.ledger.queries import (
            last_confirmed_days,
            with_confirmed_records,
            with_drafts,
        )
        from plans.ledger.samples import inspection, register_samples
        from plans.ledger.two_person_kinds import set_up_two_person_kinds
        from plans.panels import item_panels
        from plans.public.plan.panels import MILESTONES
        from plans.reminders.mails import mark_bounced
        from plans.reminders.rules.own import register_rules
        from plans.reminders.rules.registry import rules
        from plans.reports.reminders import RULE as EXPORTS
        from plans.subscriptions.queries import part_of_copy
        from plans.tree.endings import last_days
        from plans.tree.measures import counted, drafted
        from plans.triggers import PUBLIC_STATE

        reading = ("view_plan", "view_pillar", "view_draft")
        grant(READER, self.label, *reading)
        grant(EDITOR, self.label, *reading, "edit_department")
        grant(HEAD, self.label, *reading, "edit_department", "approve_department")
        grant(PLANNER, self.label, *reading, "change_plan", "publish_plan")
        register_kind(ANY_WORK)
        register_kind(INSPECTION)
        register_samples(inspection=inspection)
        counted.register(with_confirmed_records)
        drafted.register(with_drafts)
        post_migrate.connect(
            set_up_two_person_kinds, sender=self, dispatch_uid="plans.set_up_two_person_kinds"
        )
        PUBLIC_STATE.register(District, Department, Dong)
        last_days.register(last_confirmed_days)
        exporting.parts.register(part_of_copy)
        item_panels.register(MILESTONES)
        register_rules()
        rules.register(REVIEWS)
        rules.register(EXPORTS)
        fill_menu()
        bounces.register(mark_bounced)
        sealed_columns.append(SealedColumn(self.get_model("UrgentPhone"), "sealed"))


def fill_menu() -> None:
    """Register the entries of the staff's menu."""
    from gwonseon.office.menu import MenuEntry, menu
    from plans.editing.handover.actions import may_hand_over
    from plans.facilities.access import may_read
    from plans.reports.access import may_read as may_read_reports
    from plans.tracking.access import may_read as may_read_updates
    from plans.workspace.board.access import sees_board

    menu.register(MenuEntry(_("내 업무"), "workspace:home", 10, is_signed_in))
    menu.register(MenuEntry(_("계획"), "editing:plans", 20, is_signed_in))
    menu.register(MenuEntry(_("실적"), "ledger:records", 30, is_signed_in))
    menu.register(MenuEntry(_("진행"), "progress:latest", 35, is_signed_in))
    menu.register(MenuEntry(_("추진상황"), "tracking:latest", 37, may_read_updates))
    menu.register(MenuEntry(_("현황판"), "workspace:board", 38, sees_board))
    menu.register(MenuEntry(_("보고서"), "reports:choose", 39, may_read_reports))
    menu.register(MenuEntry(_("시설"), "facilities:facilities", 40, may_read))
    menu.register(MenuEntry(_("인사이동"), "editing:handover", 60, may_hand_over))
    menu.register(MenuEntry(_("도움말"), "workspace:guide", 100, is_signed_in))


def is_signed_in(user: "User") -> bool:
    """Return whether the user is signed in, which is enough for published plans."""
    return user.is_authenticated


class PillarConfig(AppConfig):
    """The base class of the pillars' apps, which adds a role for the pillar's lead."""

    def ready(self) -> None:
        """Define the role of the lead, who may write everything below the pillar."""
        from gwonseon.office.roles import PLANNER, Role, grant

        name = f"{self.verbose_name} 축 총괄"
        lead = Role(self.label, name, _("한 축의 항목을 모두 고치고 승인합니다."))
        nodes = ("goal", "initiative", "activity")
        verbs = ("view", "add", "change")
        grant(lead, self.label, *(f"{verb}_{node}" for verb in verbs for node in nodes))
        grant(lead, "plans", "view_plan", "view_pillar", "view_draft")
        grant(PLANNER, self.label, *(f"view_{node}" for node in nodes))


def register_kinds(kinds: "Iterable[RecordKind]") -> None:
    """Register a pillar's kinds of record."""
    from plans.ledger.kinds import register_kind

    for kind in kinds:
        register_kind(kind)
