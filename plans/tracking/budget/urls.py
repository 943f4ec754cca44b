"""URLs of budgets, below /staff/budget/."""

from django.urls import path

from plans.tracking.budget import views

app_name = "budget"
urlpatterns = [
    path("period/<int:key>/", views.period, name="period"),
    path("period/<int:key>/activity/<int:node>/", views.spending, name="spending"),
]
