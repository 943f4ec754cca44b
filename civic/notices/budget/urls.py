"""URLs of the budget of notices, below /staff/notices/budget/."""

from django.urls import path

from civic.notices.budget import views

app_name = "notices_budget"
urlpatterns = [
    path("", views.latest, name="latest"),
    path("<int:year>/", views.budget, name="budget"),
]
