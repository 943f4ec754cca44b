"""URLs of reports, below /staff/reports/."""

from django.urls import path

from plans.reports import views
from plans.reports.saved import views as saved

app_name = "reports"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("make/", views.make, name="make"),
    path("exports/", views.exports, name="exports"),
    path("exports/<int:key>/", views.export, name="export"),
    path("exports/<int:key>/file/", views.file, name="file"),
    path("exports/<int:key>/stop/", views.stop, name="stop"),
    path("saved/", saved.saved_list, name="saved_list"),
    path("saved/add/", saved.saved_add, name="saved_add"),
    path("saved/<int:key>/", saved.saved, name="saved"),
    path("saved/<int:key>/open/", saved.saved_open, name="saved_open"),
    path("saved/<int:key>/delete/", saved.saved_delete, name="saved_delete"),
]
