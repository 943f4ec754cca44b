"""Where staff write plans; below /staff/plans/."""

from django.urls import path

from plans.editing import handover_views, views

app_name = "editing"
urlpatterns = [
    path("", views.plans, name="plans"),
    path("handover/", handover_views.handover, name="handover"),
    path("handover/do/", handover_views.handover_do, name="handover_do"),
    path("<int:year>/", views.tree, name="tree"),
    path("<int:year>/shift/", views.node_shift, name="node_shift"),
    path("<int:year>/publish/", views.publish, name="publish"),
    path("<int:year>/next/", views.next_year, name="next_year"),
    path("<int:year>/pillar/add/", views.pillar_add, name="pillar_add"),
    path("<int:year>/<slug:level>/<int:key>/", views.node, name="node"),
    path("<int:year>/<slug:level>/<int:key>/add/", views.node_add, name="node_add"),
    path("<int:year>/<slug:level>/<int:key>/move/", views.node_move, name="node_move"),
    path("<int:year>/<slug:level>/<int:key>/retire/", views.node_retire, name="node_retire"),
    path("<int:year>/<slug:level>/<int:key>/restore/", views.node_restore, name="node_restore"),
]
