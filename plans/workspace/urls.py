"""The staff's own page."""

from django.urls import path

from plans.workspace import views

app_name = "workspace"
urlpatterns = [path("", views.home, name="home")]
