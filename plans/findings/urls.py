"""URLs of findings, below /staff/findings/."""

from django.urls import path

from plans.findings import views

app_name = "findings"
urlpatterns = [
    path("", views.findings, name="findings"),
    path("<int:key>/", views.finding, name="finding"),
]
