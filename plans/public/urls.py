"""Addresses of the residents' pages. They never change, even if a node is moved."""

from django.urls import path, register_converter

from plans.public.about import views as about
from plans.public.changes import views as changes
from plans.public.converters import TitleConverter, YearConverter
from plans.public.periods import views as periods
from plans.public.plan import views as plan
from plans.public.progress import views as progress
from plans.public.reports import views as reports
from plans.public.search import views as search

register_converter(YearConverter, "year")
register_converter(TitleConverter, "title")

app_name = "public"
urlpatterns = [
    path("", plan.home, name="home"),
    path("search/", search.search, name="search"),
    path("guide/", about.guide, name="guide"),
    path("privacy/", about.privacy, name="privacy"),
    path("credits/", about.credits, name="credits"),
    path("<year:year>/", plan.year, name="year"),
    path("<year:year>/plan/", plan.document, name="document"),
    path("<year:year>/plan.<slug:ending>", reports.plan_file, name="plan_file"),
    path("<year:year>/changes/", changes.changes, name="changes"),
    path("<year:year>/changes/feed/", changes.changes_feed, name="changes_feed"),
    path("<year:year>/changes/<int:number>/", changes.change, name="change"),
    path("<year:year>/progress/", progress.progress, name="progress"),
    path("<year:year>/progress.csv", progress.progress_file, name="progress_file"),
    path("<year:year>/periods/", periods.periods, name="periods"),
    path("<year:year>/periods/<int:number>/", periods.period, name="period"),
    path("<year:year>/periods/<int:number>/period.json", periods.period_file, name="period_file"),
    path(
        "<year:year>/periods/<int:number>/<slug:kind>.<slug:ending>",
        reports.period_report,
        name="period_report",
    ),
    path(
        "<year:year>/periods/<int:number>/versions/<int:version>/",
        periods.period,
        name="period_version",
    ),
    path(
        "<year:year>/periods/<int:number>/versions/<int:version>/period.json",
        periods.period_file,
        name="period_version_file",
    ),
    path("<year:year>/search/", search.search, name="search"),
    path("<year:year>/pillar/<title:slug>/", plan.pillar, name="pillar"),
    path("<year:year>/initiative/<title:slug>/", plan.initiative, name="initiative"),
    path("<year:year>/activity/<title:slug>/", plan.activity, name="activity"),
    path(
        "<year:year>/activity/<title:slug>/progress/",
        progress.activity_progress,
        name="activity_progress",
    ),
]
