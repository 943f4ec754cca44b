"""Addresses of the residents' pages of sent notices, below /notices/. They never change."""

from django.urls import path

from civic.notices.public import views

app_name = "sent_notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("feed/", views.feed, name="feed"),
    path("<int:key>/", views.notice, name="notice"),
]
