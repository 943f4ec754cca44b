"""URLs of milestones, below /staff/milestones/."""

from django.urls import path

from plans.tracking.milestones import views

app_name = "milestones"
urlpatterns = [path("activity/<int:key>/", views.milestones, name="milestones")]
