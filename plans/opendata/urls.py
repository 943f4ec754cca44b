"""Addresses of the open data, below /data/. They never change; a new format is a new version."""

from django.urls import path

from plans.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.index, name="index"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("pillars/<slug:code>/feed/", views.feed, name="feed"),
    path("v1/archive.zip", views.archive, name="archive"),
    path("v1/catalog.jsonld", views.catalog, name="catalog"),
    path("v1/openapi.json", views.openapi, name="openapi"),
    path("v1/<slug:name>.csv", views.table_csv, name="csv"),
    path("v1/<slug:name>.json", views.table_json, name="json"),
    path("v1/<slug:name>.schema.json", views.table_schema, name="schema"),
    path("v1/<slug:name>/", views.table, name="table"),
]
