"""Private addresses of calendars, below /calendar/."""

from django.urls import path

from plans.reminders.calendars import views

app_name = "calendars"
urlpatterns = [
    path("<str:secret>.ics", views.feed, name="feed"),
    # So that an address that lost its ending is no path that logs may name.
    path("<path:secret>", views.feed),
]
