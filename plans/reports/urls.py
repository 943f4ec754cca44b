"""URLs of reports, below /staff/reports/."""

from django.urls import path

from plans.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("make/", views.make, name="make"),
    path("exports/", views.exports, name="exports"),
    path("exports/<int:key>/", views.export, name="export"),
    path("exports/<int:key>/file/", views.file, name="file"),
    path("exports/<int:key>/stop/", views.stop, name="stop"),
]
