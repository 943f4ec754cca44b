"""Addresses of templates for notices, below /staff/notices/templates/."""

from django.urls import path

from civic.notices.recurring import views

app_name = "notice_templates"
urlpatterns = [
    path("", views.templates, name="templates"),
    path("add/", views.template_add, name="template_add"),
    path("<int:key>/", views.template, name="template"),
]
