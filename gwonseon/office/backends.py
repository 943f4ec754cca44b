"""Who may sign in."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from gwonseon.office.models import User


class StaffBackend(ModelBackend):
    """Django's own rule, and demo staff only where the demo setting is on."""

    def user_can_authenticate(self, user: User) -> bool:
        """Return whether the account is open here; asked on every request, too."""
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)
