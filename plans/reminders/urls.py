"""URLs of reminders, below /staff/reminders/."""

from django.urls import include, path

app_name = "reminders"
urlpatterns = [path("settings/", include("plans.reminders.settings.urls"))]
