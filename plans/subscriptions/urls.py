"""Addresses of a resident's choices."""

from django.urls import path

from plans.subscriptions import views

app_name = "subscriptions"
urlpatterns = [
    path("", views.home, name="home"),
    path("choose/", views.choose, name="choose"),
]
