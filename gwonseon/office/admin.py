"""Admin pages of district, departments and dong. Staff accounts have pages outside the admin."""

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

# Secret keys of one-time codes, which nobody may read.
admin.site.unregister([StaticDevice, TOTPDevice])


class PhoneForm(forms.ModelForm):
    """A form of a row with a telephone number."""

    class Meta:
        field_classes = {"phone": PhoneField}


class KeptAdmin(admin.ModelAdmin):
    """An admin for rows that are closed but never deleted."""

    formfield_overrides = {models.DateField: {"form_class": DayField}}

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: models.Model | None = None,  # noqa: ARG002
    ) -> bool:
        """Return False: other rows refer to closed ones."""
        return False


@admin.register(District)
class DistrictAdmin(KeptAdmin):
    """The single row of settings."""

    form = PhoneForm
    list_display = ["name", "office", "phone", "is_official"]

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return False: the only row exists already."""
        return False

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **options: Any
    ) -> forms.ModelMultipleChoiceField:
        """Offer only the groups that are roles."""
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
