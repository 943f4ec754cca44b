"""The authentication backend of staff."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from gwonseon.office.models import User


class StaffBackend(ModelBackend):
    """Django's backend, which refuses demo accounts unless DEMO is on."""

    def user_can_authenticate(self, user: User) -> bool:
        """Return whether the account may be used; Django asks this on every request, too."""
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)
