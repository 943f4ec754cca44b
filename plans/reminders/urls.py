"""URLs of reminders, below /staff/reminders/."""

from django.urls import path

from plans.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.mine, name="mine"),
]
