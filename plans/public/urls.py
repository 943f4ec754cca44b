"""Residents' addresses. They last: a node keeps its own wherever it is moved."""

from django.urls import path, register_converter

from plans.public import progress, views
from plans.public.converters import TitleConverter, YearConverter

register_converter(YearConverter, "year")
register_converter(TitleConverter, "title")

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("guide/", views.guide, name="guide"),
    path("privacy/", views.privacy, name="privacy"),
    path("credits/", views.credits, name="credits"),
    path("<year:year>/", views.year, name="year"),
    path("<year:year>/plan/", views.document, name="document"),
    path("<year:year>/changes/", views.changes, name="changes"),
    path("<year:year>/changes/feed/", views.changes_feed, name="changes_feed"),
    path("<year:year>/changes/<int:number>/", views.change, name="change"),
    path("<year:year>/progress/", progress.progress, name="progress"),
    path("<year:year>/progress.csv", progress.progress_file, name="progress_file"),
    path("<year:year>/search/", views.search, name="search"),
    path("<year:year>/pillar/<title:slug>/", views.pillar, name="pillar"),
    path("<year:year>/initiative/<title:slug>/", views.initiative, name="initiative"),
    path("<year:year>/activity/<title:slug>/", views.activity, name="activity"),
    path(
        "<year:year>/activity/<title:slug>/progress/",
        progress.activity_progress,
        name="activity_progress",
    ),
]
