"""Addresses of the staff pages that edit plans, below /staff/plans/."""

from django.urls import path

from plans.editing.beginning import views as beginning
from plans.editing.documents import views as documents
from plans.editing.handover import views as handover
from plans.editing.history import views as history
from plans.editing.next_year import views as next_year
from plans.editing.nodes import addition_views as additions
from plans.editing.nodes import views as nodes
from plans.editing.publishing import views as publishing
from plans.editing.reviews import views as reviews
from plans.editing.sheets import views as sheets

app_name = "editing"
urlpatterns = [
    path("", nodes.plans, name="plans"),
    path("add/", beginning.plan_add, name="plan_add"),
    path("document/", documents.document, name="document"),
    path("document/<int:number>/", documents.document_preview, name="document_preview"),
    path("handover/", handover.handover, name="handover"),
    path("handover/do/", handover.handover_do, name="handover_do"),
    path("<int:year>/", nodes.tree, name="tree"),
    path("<int:year>/shift/", nodes.node_shift, name="node_shift"),
    path("<int:year>/vision/", beginning.vision, name="vision"),
    path("<int:year>/publish/", publishing.publish, name="publish"),
    path("<int:year>/next/", next_year.next_year, name="next_year"),
    path("<int:year>/sheet/", sheets.sheet, name="sheet"),
    path("<int:year>/sheet/file/", sheets.sheet_file, name="sheet_file"),
    path("<int:year>/sheet/<int:number>/", sheets.sheet_preview, name="sheet_preview"),
    path("<int:year>/addition/<int:number>/", additions.addition, name="addition"),
    path("<int:year>/addition/<int:number>/add/", additions.addition_add, name="addition_add"),
    path("<int:year>/pillar/add/", nodes.pillar_add, name="pillar_add"),
    path("<int:year>/initiative/<int:key>/review/", reviews.review, name="review"),
    path(
        "<int:year>/initiative/<int:key>/review/request/",
        reviews.request_review,
        name="request_review",
    ),
    path("<int:year>/<slug:level>/<int:key>/", nodes.node, name="node"),
    path("<int:year>/<slug:level>/<int:key>/history/", history.history, name="history"),
    path(
        "<int:year>/<slug:level>/<int:key>/history/<int:number>/restore/",
        history.restore,
        name="restore",
    ),
    path("<int:year>/<slug:level>/<int:key>/add/", nodes.node_add, name="node_add"),
    path("<int:year>/<slug:level>/<int:key>/move/", nodes.node_move, name="node_move"),
    path("<int:year>/<slug:level>/<int:key>/retire/", nodes.node_retire, name="node_retire"),
    path("<int:year>/<slug:level>/<int:key>/restore/", nodes.node_restore, name="node_restore"),
]
