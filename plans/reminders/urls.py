"""URLs of reminders, below /staff/reminders/."""

from django.urls import include, path

from plans.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("settings/", include("plans.reminders.settings.urls")),
]
