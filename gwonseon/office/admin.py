"""The office's own tables in Django's admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gwonseon.office.models import Department, District, Dong, User


class KeptAdmin(admin.ModelAdmin):
    """Rows that are closed, never deleted."""

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: models.Model | None = None,  # noqa: ARG002
    ) -> bool:
        """Return False: what has a past keeps it."""
        return False


@admin.register(District)
class DistrictAdmin(KeptAdmin):
    """The one row of settings."""

    list_display = ["name", "office", "phone", "is_official"]

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return False: there is one row, and it is there."""
        return False


@admin.register(Department)
class DepartmentAdmin(KeptAdmin):
    """The departments."""

    list_display = ["name", "phone", "position", "closed_on"]
    list_filter = [("closed_on", admin.EmptyFieldListFilter)]
    search_fields = ["name"]


@admin.register(Dong)
class DongAdmin(KeptAdmin):
    """The dong."""

    list_display = ["name", "position", "closed_on"]


class StaffCreationForm(AdminUserCreationForm):
    """A new account."""

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "name", "department")


class StaffChangeForm(UserChangeForm):
    """An account."""

    class Meta(UserChangeForm.Meta):
        model = User


@admin.register(User)
class StaffAdmin(KeptAdmin, UserAdmin):
    """The staff. Those who leave are closed (활성 off)."""

    form = StaffChangeForm
    add_form = StaffCreationForm
    list_display = ["username", "name", "department", "is_active", "is_staff", "last_login"]
    list_select_related = ["department"]
    search_fields = ["username", "name"]
    ordering = ["username"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("직원"), {"fields": ["name", "email", "department"]}),
        (
            _("권한"),
            {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (_("기록"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "name",
                    "department",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]
