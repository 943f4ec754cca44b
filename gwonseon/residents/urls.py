"""Addresses of the residents' pages, all below /my/, where their cookie is sent."""

from django.urls import path

from gwonseon.residents import views

app_name = "residents"
urlpatterns = [
    path("number/", views.number, name="number"),
    path("code/", views.code, name="code"),
    path("leave/", views.leave, name="leave"),
    path("copy/", views.copy, name="copy"),
    path("stop/", views.stop, name="stop"),
    path("stop/<str:token>/", views.stop_by_link, name="stop_by_link"),
    path("stopped/", views.stopped, name="stopped"),
]
