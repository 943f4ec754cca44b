"""URLs of periods and updates, below /staff/tracking/."""

from django.urls import path

from plans.tracking import views
from plans.tracking.updates import views as updates

app_name = "tracking"
urlpatterns = [
    path("", views.latest, name="latest"),
    path("<int:year>/", views.periods, name="periods"),
    path("<int:year>/drop/", views.drop, name="drop"),
    path("period/<int:key>/", views.period, name="period"),
    path("period/<int:key>/days/", views.days, name="days"),
    path("period/<int:key>/open/", views.open_now, name="open"),
    path("period/<int:key>/waiting/", views.waiting, name="waiting"),
    path("period/<int:key>/<slug:level>/<int:node>/", updates.open_update, name="write"),
    path("period/<int:key>/<slug:level>/<int:node>/unsaved/", updates.unsaved, name="unsaved"),
    path("update/<int:key>/", updates.update, name="update"),
    path("update/<int:key>/submit/", updates.submit, name="submit"),
    path("update/<int:key>/take-back/", updates.take_back, name="take_back"),
    path("update/<int:key>/delete/", updates.delete, name="delete"),
    path("update/<int:key>/approve/", updates.approve, name="approve"),
    path("update/<int:key>/return/", updates.send_back, name="send_back"),
]
