"""Addresses of the links in mails, below /reminders/. Nobody signs in for them."""

from django.urls import path

from plans.reminders.muting import views

app_name = "reminders_public"
urlpatterns = [path("mute/<str:token>/", views.muting, name="mute")]
