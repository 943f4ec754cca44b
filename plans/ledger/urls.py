"""Addresses of the staff pages of records, below /staff/records/."""

from django.urls import path

from plans.ledger import views
from plans.ledger.bulk import views as bulk
from plans.ledger.releases import views as releases

app_name = "ledger"
urlpatterns = [
    path("", views.records, name="records"),
    path("file/", views.records_file, name="records_file"),
    path("new/", views.choose, name="choose"),
    path("activity/<int:key>/add/", views.record_add, name="record_add"),
    path("activity/<int:key>/many/", bulk.records_add, name="records_add"),
    path("activity/<int:key>/many/form/", bulk.records_form, name="records_form"),
    path("activity/<int:key>/many/<int:number>/", bulk.records_preview, name="records_preview"),
    path("evidence/<int:key>/", views.evidence, name="evidence"),
    path("evidence/<int:key>/release/", releases.release, name="release"),
    path("evidence/<int:key>/withdraw/", releases.withdraw, name="withdraw"),
    path("<int:key>/", views.record, name="record"),
    path("<int:key>/edit/", views.record_edit, name="record_edit"),
    path("<int:key>/confirm/", views.record_confirm, name="record_confirm"),
    path("<int:key>/discard/", views.record_discard, name="record_discard"),
    path("<int:key>/void/", views.record_void, name="record_void"),
]
