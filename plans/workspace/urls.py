"""Addresses of the staff's home page, of pillars' staff pages and of the staff's help."""

from django.urls import path

from plans.workspace import views

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("pillars/<slug:code>/", views.pillar, name="pillar"),
    path("guide/", views.guide, name="guide"),
]
