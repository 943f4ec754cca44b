"""URLs of blockers, below /staff/blockers/."""

from django.urls import path

from plans.tracking.blockers import views

app_name = "blockers"
urlpatterns = [
    path("", views.blockers, name="blockers"),
    path("activity/<int:key>/add/", views.blocker_add, name="blocker_add"),
    path("<int:key>/", views.blocker, name="blocker"),
    path("<int:key>/resolve/", views.resolve, name="resolve"),
]
