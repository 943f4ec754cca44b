"""Addresses."""

from django.urls import path

from gwonseon.office import views

app_name = "office"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
