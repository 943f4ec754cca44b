"""Where staff write plans; below /staff/plans/."""

from django.urls import path

from plans.editing import (
    addition_views,
    handover_views,
    history_views,
    plan_views,
    review_views,
    views,
)
from plans.editing.sheets import views as sheet_views

app_name = "editing"
urlpatterns = [
    path("", views.plans, name="plans"),
    path("add/", plan_views.plan_add, name="plan_add"),
    path("handover/", handover_views.handover, name="handover"),
    path("handover/do/", handover_views.handover_do, name="handover_do"),
    path("<int:year>/", views.tree, name="tree"),
    path("<int:year>/shift/", views.node_shift, name="node_shift"),
    path("<int:year>/vision/", plan_views.vision, name="vision"),
    path("<int:year>/publish/", views.publish, name="publish"),
    path("<int:year>/next/", views.next_year, name="next_year"),
    path("<int:year>/sheet/", sheet_views.sheet, name="sheet"),
    path("<int:year>/sheet/file/", sheet_views.sheet_file, name="sheet_file"),
    path("<int:year>/sheet/<int:number>/", sheet_views.sheet_preview, name="sheet_preview"),
    path("<int:year>/addition/<int:number>/", addition_views.addition, name="addition"),
    path("<int:year>/addition/<int:number>/add/", addition_views.addition_add, name="addition_add"),
    path("<int:year>/pillar/add/", views.pillar_add, name="pillar_add"),
    path("<int:year>/initiative/<int:key>/review/", review_views.review, name="review"),
    path(
        "<int:year>/initiative/<int:key>/review/request/",
        review_views.request_review,
        name="request_review",
    ),
    path("<int:year>/<slug:level>/<int:key>/", views.node, name="node"),
    path("<int:year>/<slug:level>/<int:key>/history/", history_views.history, name="history"),
    path(
        "<int:year>/<slug:level>/<int:key>/history/<int:number>/restore/",
        history_views.restore,
        name="restore",
    ),
    path("<int:year>/<slug:level>/<int:key>/add/", views.node_add, name="node_add"),
    path("<int:year>/<slug:level>/<int:key>/move/", views.node_move, name="node_move"),
    path("<int:year>/<slug:level>/<int:key>/retire/", views.node_retire, name="node_retire"),
    path("<int:year>/<slug:level>/<int:key>/restore/", views.node_restore, name="node_restore"),
]
