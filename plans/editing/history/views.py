"""The pages of a node's history."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.versions import seen_version
from plans.editing.history.queries import Version, restorable, versions_of
from plans.editing.nodes import actions
from plans.editing.nodes.actions import OutdatedNodeError
from plans.editing.nodes.views import after_saving
from plans.editing.pages import CHANGED_MEANWHILE, PAGE, plan_trail
from plans.tree.access import may_edit, node_for


@require_GET
@login_required
def history(request: HttpRequest, year: int, level: str, key: int) -> HttpResponse:
    """List a node's versions; with `from` and `to`, compare two of them word by word."""
    node = node_for(request.user, year, level, key)
    versions = versions_of(node)
    earlier = chosen(versions, request.GET.get("from", ""))
    later = chosen(versions, request.GET.get("to", ""))
    return show(
        request,
        "editing/history.html",
        current=PAGE,
        node=node,
        level=level,
        plan=node.plan,
        versions=versions[::-1],
        earlier=earlier or versions[-2:][0],
        later=later or versions[-1],
        differing=differing(earlier, later) if earlier and later else None,
        may_restore=may_edit(request.user, node) and not node.retired_on,
        crumbs=[*plan_trail(node.plan, node), (_("이력"), "")],
    )


def chosen(versions: list[Version], number: str) -> Version | None:
    """Return the version with a number, or None."""
    return next((one for one in versions if str(one.number) == number), None)


def differing(earlier: Version, later: Version) -> list[tuple[str, str, str]]:
    """Return label, earlier text and later text of each fact that differs."""
    return [
        (label, earlier.facts[label], text)
        for label, text in later.facts.items()
        if earlier.facts[label] != text
    ]


@require_POST
@login_required
def restore(request: HttpRequest, year: int, level: str, key: int, number: int) -> HttpResponse:
    """Restore a node's version; in a published plan, promised columns go into an amendment."""
    node = node_for(request.user, year, level, key)
    if not may_edit(request.user, node) or node.retired_on:
        raise PermissionDenied
    version = chosen(versions_of(node), str(number))
    if version is None:
        raise Http404(_("그런 판이 없습니다."))
    try:
        saved = actions.save_node(
            node=node,
            values=restorable(node, version),
            version=seen_version(request),
            by=request.user,
        )
    except OutdatedNodeError:
        messages.error(request, CHANGED_MEANWHILE)
        return redirect("editing:history", year, level, key)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("editing:history", year, level, key)
    return after_saving(request, node.plan, saved, level, key)
