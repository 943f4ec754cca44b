"""The app for residents who get text messages: phone numbers, consents, and their pages."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from gwonseon.office.models import User


class ResidentsConfig(AppConfig):
    """The app of residents who get text messages; it does not depend on plans."""

    name = "gwonseon.residents"
    label = "residents"
    verbose_name = _("문자를 받는 주민")

    def ready(self) -> None:
        """Register the look-up of residents, the columns to seal again, and stops by reply."""
        from gwonseon.messaging.replies import on_stop
        from gwonseon.messaging.rotation import SealedColumn, sealed_columns
        from gwonseon.office.menu import MenuEntry, menu
        from gwonseon.office.roles import ADMINISTRATOR, grant
        from gwonseon.residents.actions import stop_by_reply

        sealed_columns.extend(
            SealedColumn(self.get_model(name), "sealed") for name in ("Resident", "Visit")
        )
        on_stop.register(stop_by_reply)
        grant(ADMINISTRATOR, self.label, "view_resident")
        menu.register(MenuEntry(_("문자 주민"), "lookup:residents", 83, may_look_up))


def may_look_up(user: "User") -> bool:
    """Return whether the user may find residents by number."""
    return user.has_perm("residents.view_resident")
