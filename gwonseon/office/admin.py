"""The office's own tables in Django's admin. Its people have pages of their own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from gwonseon.fields.days import DayField
from gwonseon.fields.phones import PhoneField
from gwonseon.office.models import Department, District, Dong
from gwonseon.office.roles import role_names

# Keys that nobody is to read.
admin.site.unregister([StaticDevice, TOTPDevice])


class PhoneForm(forms.ModelForm):
    """A row with a telephone number."""

    class Meta:
        field_classes = {"phone": PhoneField}


class KeptAdmin(admin.ModelAdmin):
    """Rows that are closed, never deleted."""

    formfield_overrides = {models.DateField: {"form_class": DayField}}

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

    form = PhoneForm
    list_display = ["name", "office", "phone", "is_official"]

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return False: there is one row, and it is there."""
        return False

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **options: Any
    ) -> forms.ModelMultipleChoiceField:
        """Offer the roles, and no other group."""
        options |= {
            "queryset": Group.objects.filter(name__in=role_names()).order_by("name"),
            "widget": forms.CheckboxSelectMultiple,
        }
        return super().formfield_for_manytomany(db_field, request, **options)


@admin.register(Department)
class DepartmentAdmin(KeptAdmin):
    """The departments."""

    form = PhoneForm
    list_display = ["name", "phone", "position", "closed_on"]
    list_filter = [("closed_on", admin.EmptyFieldListFilter)]
    search_fields = ["name"]


@admin.register(Dong)
class DongAdmin(KeptAdmin):
    """The dong."""

    list_display = ["name", "position", "closed_on"]
