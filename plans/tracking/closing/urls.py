"""URLs of closing periods, below /staff/closing/."""

from django.urls import path

from plans.tracking.closing import views

app_name = "closing"
urlpatterns = [
    path("<int:key>/", views.closing, name="closing"),
    path("versions/<int:key>/", views.version, name="version"),
    path("versions/<int:key>/staff.json", views.staff_file, name="staff_file"),
    path("versions/<int:key>/reopen/", views.request_reopening, name="request_reopening"),
    path("reopenings/<int:key>/", views.decide_reopening, name="decide_reopening"),
]
