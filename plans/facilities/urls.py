"""URLs of facilities, below /staff/facilities/."""

from django.urls import path

from plans.facilities import import_views, views

app_name = "facilities"
urlpatterns = [
    path("", views.facilities, name="facilities"),
    path("csv/", views.facilities_csv, name="facilities_csv"),
    path("add/", views.facility_add, name="facility_add"),
    path("<int:key>/", views.facility, name="facility"),
    path("<int:key>/close/", views.facility_close, name="facility_close"),
    path("<int:key>/reopen/", views.facility_reopen, name="facility_reopen"),
    path("import/", import_views.facilities_import, name="facilities_import"),
    path("import/form/", import_views.facilities_form, name="facilities_form"),
    path("import/<int:number>/", import_views.facilities_preview, name="facilities_preview"),
]
