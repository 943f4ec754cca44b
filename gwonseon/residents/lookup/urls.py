"""Addresses of the staff pages of residents."""

from django.urls import path

from gwonseon.residents.lookup import views

app_name = "lookup"
urlpatterns = [
    path("", views.residents, name="residents"),
    path("<int:key>/", views.resident, name="resident"),
]
