"""Addresses of the staff's pages of notices, below /staff/notices/."""

from django.urls import path

from civic.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("add/", views.notice_add, name="notice_add"),
    path("<int:key>/", views.notice, name="notice"),
    path("<int:key>/edit/", views.notice_edit, name="notice_edit"),
    path("<int:key>/submit/", views.submit, name="submit"),
    path("<int:key>/take-back/", views.take_back, name="take_back"),
    path("<int:key>/delete/", views.delete, name="delete"),
    path("<int:key>/approve/", views.approve, name="approve"),
    path("<int:key>/return/", views.send_back, name="send_back"),
    path("<int:key>/test/", views.send_test, name="send_test"),
    path("<int:key>/cancel/", views.cancel, name="cancel"),
]
