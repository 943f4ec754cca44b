"""Configuration of the civic pillar: its kinds of record, panels, menus, tasks and samples."""

from django.utils.translation import gettext_lazy as _

from plans.apps import PillarConfig, register_kinds


class CivicConfig(PillarConfig):
    """The civic pillar."""

    name = "civic"
    verbose_name = _("소통")

    def ready(self) -> None:
        """Register what the pillar has of its own, after the set-up of every pillar."""
        super().ready()
        from civic import panels, samples
        from civic.kinds import KINDS
        from civic.notices import waiting
        from civic.notices.access import may_read
        from civic.notices.public.feed import news_of_pillar
        from civic.notices.public.panels import SENT_NOTICES
        from civic.notices.reminders import RULE as NOTICES
        from civic.notices.samples import notices
        from gwonseon.messaging.models import Sender
        from gwonseon.office.menu import MenuEntry, menu
        from plans.ledger.samples import register_samples, sample_registers
        from plans.opendata.news.feeds import pillar_news
        from plans.panels import item_panels, public_panels, staff_panels
        from plans.public.pages import PublicEntry, public_entries
        from plans.reminders.rules.registry import rules
        from plans.triggers import PUBLIC_STATE
        from plans.workspace.waiting import sources

        register_kinds(KINDS)
        menu.register(MenuEntry(_("문자 안내"), "notices:notices", 45, may_read))
        public_panels.register(panels.PUBLIC)
        staff_panels.register(panels.STAFF)
        sources.register(waiting.notices_for)
        rules.register(NOTICES)
        item_panels.register(SENT_NOTICES)
        pillar_news.register(news_of_pillar)
        public_entries.register(PublicEntry(_("문자 소식"), "sent_notices:notices"))
        # Pages of notices show which number they came from.
        PUBLIC_STATE.register(Sender)
        register_samples(
            gathering=samples.gathering,
            counter_tally=samples.counter_tally,
            audit=samples.audit,
            text_notice=samples.text_notice,
        )
        sample_registers.register(notices)
