"""Writes of the office: its people."""

from django.contrib.auth.models import Permission
from django.db import transaction

from gwonseon.office.models import User

DEMO_STAFF = {"demo-admin": "관리자", "demo-reader": "열람"}
DJANGO_APPS = ("admin", "auth", "contenttypes", "sessions")


@transaction.atomic
def set_up_demo_staff(*, password: str) -> None:
    """Make sure that the demo staff exist and have this password.

    Their names say that they are made up (예시); they can sign in only where DEMO is on.
    """
    for username, role in DEMO_STAFF.items():
        user, _created = User.objects.get_or_create(
            username=username,
            defaults={
                "name": f"예시 {role}",
                "is_demo": True,
                "is_staff": True,
                "is_superuser": username == "demo-admin",
            },
        )
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
    reader = User.objects.get(username="demo-reader")
    reader.user_permissions.set(
        Permission.objects.filter(codename__startswith="view_")
        .exclude(content_type__app_label__in=DJANGO_APPS)
        .exclude(content_type__model="user")
    )
