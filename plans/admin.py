"""Admin pages of the tree, only to read. All writes go through actions."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from plans.tree.models import Activity, Goal, Initiative, Node, Pillar, Plan


class ReadingAdmin(admin.ModelAdmin):
    """An admin that shows rows to users who may view them, and changes none."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return False: rows are made by actions."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: models.Model | None = None,  # noqa: ARG002
    ) -> bool:
        """Return False: rows are changed by actions."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: models.Model | None = None,  # noqa: ARG002
    ) -> bool:
        """Return False: a plan's rows are never deleted by hand."""
        return False


@admin.register(Plan)
class PlanAdmin(ReadingAdmin):
    """The plans."""

    list_display = ["year", "status", "published_at", "vision"]


class NodeAdmin(ReadingAdmin):
    """The nodes of one level, with original and corrected title."""

    list_display = ["title", "corrected_title", "certainty", "source_line"]
    list_filter = ["plan", "certainty"]
    search_fields = ["title", "corrected_title", "source_text"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Node]:
        """Return the rows in the order of the plan, newest year first."""
        return super().get_queryset(request).order_by("-plan__year", *self.model.PLAN_ORDER)


@admin.register(Pillar)
class PillarAdmin(NodeAdmin):
    """The pillars. The admin lists goals, initiatives and activities under each pillar's app."""


class GoalAdmin(NodeAdmin):
    """A pillar's goals."""


class InitiativeAdmin(NodeAdmin):
    """A pillar's initiatives."""

    list_display = [*NodeAdmin.list_display, "goal_title", "department"]
    list_select_related = ["goal", "department"]

    @admin.display(description=Goal._meta.verbose_name)
    def goal_title(self, initiative: Initiative) -> str:
        """Return the goal's title; Django's own column would not break a long line."""
        return initiative.goal.shown_title


class ActivityAdmin(NodeAdmin):
    """A pillar's activities."""

    list_display = [*NodeAdmin.list_display, "initiative_title", "kind", "is_derived", "department"]
    list_filter = [*NodeAdmin.list_filter, "kind", "is_derived"]
    list_select_related = ["initiative", "department"]

    @admin.display(description=Initiative._meta.verbose_name)
    def initiative_title(self, activity: Activity) -> str:
        """Return the initiative's title; Django's own column would not break a long line."""
        return activity.initiative.shown_title


def register_pillar(
    goal: type[Goal], initiative: type[Initiative], activity: type[Activity]
) -> None:
    """Register a pillar's proxy models, so that the admin lists them under the pillar."""
    admin.site.register(goal, GoalAdmin)
    admin.site.register(initiative, InitiativeAdmin)
    admin.site.register(activity, ActivityAdmin)
