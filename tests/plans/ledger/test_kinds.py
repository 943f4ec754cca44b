"""A new kind needs no change elsewhere: the ledger writes, lists, sums and exports it."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import isolate_apps
from django.urls import reverse

from plans.ledger.forms.details import DetailForm
from plans.ledger.kinds import RecordKind, kinds, register_kind
from plans.ledger.models import Detail, Finding, Record
from plans.tree.choices import Measure
from plans.tree.measures import record_kinds
from plans.tree.models import Activity
from tests.factories.ledger import officer_of, recordable
from tests.plans.ledger.forms import add_url, errors, filled


@pytest.fixture
def feeding(db: None, monkeypatch: pytest.MonkeyPatch) -> type[models.Model]:
    """Register a kind of this test only (filled bird feeders), and return its detail model."""
    with isolate_apps("plans"):

        class Feeding(Detail):
            grain = models.CharField("곡식", max_length=20)

            class Meta(Detail.Meta):
                app_label = "plans"

    class FeedingForm(DetailForm):
        offered = ("grain",)

        class Meta:
            model = Feeding
            fields = ("grain",)
            error_messages = {"grain": {"required": "곡식을 적어 주세요."}}

    with connection.schema_editor() as editor:
        editor.create_model(Feeding)
        for trigger in Feeding._meta.triggers:
            editor.execute(trigger.compile(Feeding).install_sql, params=None)
    kind = RecordKind(
        "feeding",
        "모이 주기",
        measures=(Measure.QUANTITY,),
        quantity="채운 모이통",
        detail=Feeding,
        form=FeedingForm,
        findings="망가진 모이통",
        is_timed=True,
    )
    for registry in (kinds, record_kinds):
        monkeypatch.setattr(registry, "_entries", [*registry])
    register_kind(kind)
    return Feeding


@pytest.fixture
def activity(feeding: type[models.Model]) -> Activity:
    return recordable(record_kind="feeding", measure="quantity", unit="통", counted="채운 모이통")


def test_a_new_kind_is_recorded_listed_summed_and_exported(
    client: Client, activity: Activity, feeding: type[models.Model]
) -> None:
    client.force_login(officer_of(activity))
    values = filled(client, add_url(activity), happened_on="2021-12-24", confirm="")
    values |= {"quantity": "7", "starts": "23:30", "ends": "00:30"}

    assert "곡식을 적어 주세요." in errors(client.post(add_url(activity), values))
    values |= {"detail-grain": "수수", "findings-0-what": "뚜껑 빠짐"}
    client.post(add_url(activity), values)

    record = Record.objects.confirmed().get()
    assert feeding.objects.get(record=record).grain == "수수"
    assert (record.ends_at - record.starts_at).total_seconds() == 3600
    assert Finding.objects.open().get().what == "뚜껑 빠짐"
    assert client.get(add_url(activity)).context["forms"].detail["grain"].value() == "수수"
    listed = client.get(reverse("ledger:records"), {"kind": "feeding", "activity": activity.pk})
    assert listed.context["totals"]["quantity"] == 7
    lines = client.get(reverse("ledger:records_file"), {"kind": "feeding"}).getvalue().decode()
    assert "모이 주기" in lines
    assert ",7,통," in lines


def test_the_detail_of_a_new_kind_cannot_change_once_confirmed(
    client: Client, activity: Activity, feeding: type[models.Model]
) -> None:
    client.force_login(officer_of(activity))
    values = filled(client, add_url(activity), happened_on="2021-12-24", confirm="")
    client.post(add_url(activity), values | {"detail-grain": "수수"})

    with pytest.raises(IntegrityError, match="confirmed"), transaction.atomic():
        feeding.objects.update(grain="조")
