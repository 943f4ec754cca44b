"""The admin page of sender numbers."""

import re

from django import forms
from django.contrib import admin

from gwonseon.messaging.models import Sender
from gwonseon.office.admin import KeptAdmin


class SenderForm(forms.ModelForm):
    """A sender number; dashes and spaces are left out."""

    number = forms.CharField(label=Sender._meta.get_field("number").verbose_name)

    def clean_number(self) -> str:
        """Return the number's digits."""
        return re.sub(r"[\s()-]", "", self.cleaned_data["number"])


@admin.register(Sender)
class SenderAdmin(KeptAdmin):
    """The numbers that messages may come from; what was sent refers to closed ones, too."""

    form = SenderForm
    list_display = ["number", "name", "expires_on", "closed_on"]
