"""Forms that release photos of a record for reports."""

from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import User
from plans.ledger.access import may_release
from plans.ledger.models import Evidence, Record
from plans.ledger.releases.models import PhotoRelease


class ReleaseForm(PlainFormMixin, forms.Form):
    """The text alternative and the caption of a photo; a page may have several of these forms."""

    alt = forms.CharField(
        label=gettext_lazy("사진에 무엇이 보이나요"),
        max_length=PhotoRelease._meta.get_field("alt").max_length,
        help_text=gettext_lazy("사진을 볼 수 없는 사람에게 읽어 줍니다. 이름은 적지 마세요."),
        error_messages={
            "required": gettext_lazy("사진에 무엇이 보이는지 한 문장으로 적어 주세요.")
        },
    )
    caption = forms.CharField(
        label=gettext_lazy("사진 설명"),
        max_length=PhotoRelease._meta.get_field("caption").max_length,
        required=False,
        help_text=gettext_lazy("활동과 추진일자는 저절로 붙습니다."),
    )

    def __init__(self, *args: Any, photo: Evidence, **options: Any) -> None:
        super().__init__(*args, auto_id=f"id_photo{photo.pk}_%s", **options)
        self.photo = photo
        self.helper = KrdsHelper(self)
        self.helper.form_action = reverse("ledger:release", args=[photo.pk])
        self.helper.add_input(Submit("", _("보고서에 싣기"), css_id=f"release_{photo.pk}"))


def evidence_with_forms(
    record: Record, user: User, typed: ReleaseForm | None
) -> list[tuple[Evidence, ReleaseForm | None]]:
    """Return a record's evidence, each with the form that releases it where the user may.

    `typed` is a form that was sent and has errors.
    """
    evidence = list(record.evidence.select_related("release"))
    photos = [one for one in evidence if one.is_photo and may_release(user, record)]
    forms = {one.pk: ReleaseForm(photo=one) for one in photos}
    if typed:
        forms[typed.photo.pk] = typed
    return [(one, forms.get(one.pk)) for one in evidence]
