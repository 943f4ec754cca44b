"""Addresses of the staff's home page and help, of pillars' staff pages and of the board."""

from django.urls import path

from plans.workspace import views
from plans.workspace.board import views as board

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("pillars/<slug:code>/", views.pillar, name="pillar"),
    path("board/", board.board, name="board"),
    path("guide/", views.guide, name="guide"),
]
