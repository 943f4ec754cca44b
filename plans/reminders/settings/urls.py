"""URLs of the own settings, below /staff/reminders/settings/."""

from django.urls import path

from plans.reminders.settings import views

urlpatterns = [
    path("", views.settings, name="settings"),
    path("absences/add/", views.absence_add, name="absence_add"),
    path("absences/<int:key>/", views.absence, name="absence"),
    path("absences/<int:key>/delete/", views.absence_delete, name="absence_delete"),
    path("phone/", views.phone, name="phone"),
    path("phone/remove/", views.phone_remove, name="phone_remove"),
    path("calendar/", views.calendar_make, name="calendar_make"),
    path("calendar/drop/", views.calendar_drop, name="calendar_drop"),
]
