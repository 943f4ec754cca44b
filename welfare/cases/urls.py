"""Addresses of the pages of cases, below /staff/welfare/cases/."""

from django.urls import path

from welfare.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("<int:key>/", views.case, name="case"),
]
