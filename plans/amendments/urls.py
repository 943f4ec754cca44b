"""URLs of amendments, below /staff/plans/<year>/amendments/."""

from django.urls import path

from plans.amendments import views

app_name = "amendments"
urlpatterns = [
    path("", views.amendments, name="amendments"),
    path("<int:number>/", views.amendment, name="amendment"),
    path("<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:number>/rebase/", views.rebase, name="rebase"),
    path("<int:number>/take-back/<int:change>/", views.take_back, name="take_back"),
]
