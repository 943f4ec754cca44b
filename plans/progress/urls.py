"""URLs of progress, below /staff/progress/."""

from django.urls import path

from plans.progress import views

app_name = "progress"
urlpatterns = [
    path("", views.latest, name="latest"),
    path("<int:year>/", views.progress, name="progress"),
    path("activity/<int:key>/hold/", views.hold, name="hold"),
    path("activity/<int:key>/resume/", views.resume, name="resume"),
]
