"""Addresses of the pages of plots and of performances, below /staff/culture/."""

from django.urls import path

from culture.registers import views

app_name = "registers"
urlpatterns = [
    path("plots/", views.plots, name="plots"),
    path("plots/add/", views.plot_add, name="plot_add"),
    path("plots/<int:key>/", views.plot, name="plot"),
    path("shows/", views.shows, name="shows"),
    path("shows/add/", views.show_add, name="show_add"),
    path("shows/<int:key>/", views.show, name="show"),
]
