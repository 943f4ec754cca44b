"""URLs of risks, below /staff/risks/."""

from django.urls import path

from plans.tracking.risks import views

app_name = "risks"
urlpatterns = [
    path("", views.latest, name="latest"),
    path("<int:year>/", views.risks, name="risks"),
    path("activity/<int:key>/add/", views.risk_add, name="risk_add"),
    path("risk/<int:key>/", views.risk, name="risk"),
    path("risk/<int:key>/close/", views.close, name="close"),
    path("risk/<int:key>/review/<int:period>/", views.review, name="review"),
]
