"""Addresses of the operators' page."""

from django.urls import path

from gwonseon.messaging import views

app_name = "messaging"
urlpatterns = [
    path("", views.messages_page, name="messages"),
    path("stop/", views.stop, name="stop"),
    path("resume/", views.resume, name="resume"),
    path("switch/", views.switch, name="switch"),
    path("batch/<uuid:key>/", views.batch, name="batch"),
]
