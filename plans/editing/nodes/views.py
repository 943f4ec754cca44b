"""Staff pages of a plan's tree: read, add, edit, move and retire nodes."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.krds.forms import posted
from gwonseon.office.actions import discard_drafts
from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.versions import seen_version
from plans.editing.nodes import actions
from plans.editing.nodes.actions import OutdatedNodeError, Saved
from plans.editing.nodes.differences import differences
from plans.editing.nodes.forms import FORMS, NodeForm
from plans.editing.nodes.listing import BELOW, tree_rows
from plans.editing.nodes.moving import MoveForm, places_for
from plans.editing.pages import CHANGED_MEANWHILE, PAGE, plan_trail
from plans.tree.access import (
    LEVELS,
    may_add,
    may_arrange,
    may_edit,
    node_for,
    plan_for,
    plans_for,
)
from plans.tree.models import Node, Plan
from plans.tree.queries import in_other_years, read_tree

# Digits of the largest key that a page can send.
MOST_DIGITS = 18


@require_GET
@login_required
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans that the user may read."""
    return show(
        request,
        "editing/plans.html",
        current=PAGE,
        plans=list(plans_for(request.user)),
        may_begin=request.user.has_perm("plans.change_plan"),
        crumbs=plan_trail(),
    )


@require_GET
@login_required
def tree(request: HttpRequest, year: int) -> HttpResponse:
    """Show the whole tree, with buttons to open, reorder and add nodes."""
    plan = plan_for(request.user, year)
    with_ended = "ended" in request.GET
    return show(
        request,
        "editing/tree.html",
        current=PAGE,
        plan=plan,
        rows=tree_rows(read_tree(plan, in_force=not with_ended), request.user),
        with_ended=with_ended,
        may_add_pillar=may_add(request.user, "pillar", None),
        may_publish=request.user.has_perm("plans.publish_plan"),
        may_copy=request.user.has_perm("plans.change_plan"),
        crumbs=plan_trail(plan),
    )


@require_POST
@login_required
def node_shift(request: HttpRequest, year: int) -> HttpResponse:
    """Move a node up or down among its siblings; the pressed button names node and direction."""
    direction, _colon, name = request.POST.get("shift", "").partition(":")
    level, _colon, key = name.partition(":")
    if direction not in {"up", "down"} or not key.isdecimal() or len(key) > MOST_DIGITS:
        raise Http404
    node = node_for(request.user, year, level, int(key))
    try:
        if not actions.shift_node(node=node, up=direction == "up", by=request.user):
            messages.info(request, _("더 옮길 자리가 없습니다."))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('editing:tree', args=[year])}#{level}-{key}")


@require_http_methods(["GET", "POST"])
@login_required
def node(request: HttpRequest, year: int, level: str, key: int) -> HttpResponse:
    """Show a node and save its form: at once in a draft, as an amendment in a published plan."""
    shown = node_for(request.user, year, level, key)
    editable = may_edit(request.user, shown) and not shown.retired_on
    if request.method == "GET":
        form = form_of(request, shown)
        return show_node(request, shown, form if editable else None)
    form = form_of(request, shown)
    if not editable:
        return show_late(request, shown, form)
    if not form.is_valid():
        return show_node(request, shown, form)
    try:
        saved = actions.save_node(
            node=shown,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
        )
    except OutdatedNodeError as outdated:
        return show_conflict(request, form, outdated)
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return show_node(request, shown, form)
    discard_drafts(user=request.user, places=[form.place])
    return after_saving(request, shown.plan, saved, level, key)


def show_late(request: HttpRequest, shown: Node, form: NodeForm) -> HttpResponse:
    """Show input for a node that was retired meanwhile; 403 for users who could never edit it."""
    if not may_edit(request.user, shown):
        raise PermissionDenied
    form.add_error(
        None, _("쓰는 동안 이 항목이 끝났습니다. 쓴 글을 옮겨 적거나 항목을 되살리고 저장하세요.")
    )
    return show_node(request, shown, form, status=409)


def form_of(request: HttpRequest, shown: Node, parent: Node | None = None) -> NodeForm:
    """Return a node's form.

    It is bound to a copy of the node, so that the page still shows the saved values.
    """
    return FORMS[type(shown)](
        posted(request),
        instance=copy(shown),
        user=request.user,
        parent=parent,
        submit=submit_label(shown.plan),
    )


def show_conflict(
    request: HttpRequest, form: NodeForm, outdated: OutdatedNodeError
) -> HttpResponse:
    """Show both versions side by side; the input stays in the form, to be saved again."""
    saved = outdated.node
    found = differences(saved, form)
    if not found:
        messages.info(request, _("이미 같은 내용으로 저장되어 있습니다."))
        return redirect("editing:node", saved.plan.year, saved._meta.model_name, saved.pk)
    form.data = form.data.copy()
    form.data["version"] = saved.version
    form.add_error(None, str(outdated))
    return show_node(request, saved, form, status=409, differences=found)


def show_node(
    request: HttpRequest, shown: Node, form: NodeForm | None, status: int = 200, **context: object
) -> HttpResponse:
    """Show a node's page, with its form where the user may edit it."""
    level = shown._meta.model_name
    below = BELOW.get(level, "")
    return show(
        request,
        "editing/node.html",
        current=PAGE,
        status=status,
        plan=shown.plan,
        node=shown,
        level=level,
        level_name=shown._meta.verbose_name,
        form=form,
        may_arrange=may_arrange(request.user, shown) and not shown.retired_on,
        may_edit=form is not None,
        may_restore=may_edit(request.user, shown) and bool(shown.retired_on),
        add_label=below
        and not shown.retired_on
        and may_add(request.user, below, shown)
        and LEVELS[below]._meta.verbose_name,
        elsewhere=in_other_years(shown, plans_for(request.user)),
        crumbs=plan_trail(shown.plan, shown),
        **context,
    )


@require_http_methods(["GET", "POST"])
@login_required
def node_add(request: HttpRequest, year: int, level: str, key: int) -> HttpResponse:
    """Add a node below another."""
    parent = node_for(request.user, year, level, key)
    if level not in BELOW:
        raise Http404(_("활동 아래에는 더 추가할 수 없습니다."))
    return add(request, parent.plan, BELOW[level], parent)


@require_http_methods(["GET", "POST"])
@login_required
def pillar_add(request: HttpRequest, year: int) -> HttpResponse:
    """Add a pillar."""
    return add(request, plan_for(request.user, year), "pillar", None)


def add(request: HttpRequest, plan: Plan, level: str, parent: Node | None) -> HttpResponse:
    """Show the form of a new node, or create the node."""
    if not may_add(request.user, level, parent):
        raise PermissionDenied
    model = LEVELS[level]
    blank = model(plan=plan)
    if level == "initiative":
        blank.department = request.user.department
    form = form_of(request, blank, parent)
    if form.is_valid():
        try:
            saved = actions.add_node(
                plan=plan, level=level, parent=parent, values=form.values(), by=request.user
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            discard_drafts(user=request.user, places=[form.place])
            return after_saving(request, plan, saved, level, saved.node and saved.node.pk)
    return show(
        request,
        "editing/add.html",
        current=PAGE,
        form=form,
        plan=plan,
        parent=parent,
        level_name=model._meta.verbose_name,
        crumbs=[*plan_trail(plan, *([parent] if parent else [])), (_("추가"), "")],
    )


@require_http_methods(["GET", "POST"])
@login_required
def node_move(request: HttpRequest, year: int, level: str, key: int) -> HttpResponse:
    """Move a node below another parent."""
    shown = node_for(request.user, year, level, key)
    if not shown.PARENT or not may_arrange(request.user, shown) or shown.retired_on:
        raise PermissionDenied
    form = MoveForm(posted(request), node=shown, places=places_for(request.user, shown))
    if form.is_valid():
        try:
            saved = actions.move_node(
                node=shown,
                parent=form.cleaned_data["parent"],
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except OutdatedNodeError:
            messages.error(request, CHANGED_MEANWHILE)
            return redirect("editing:node_move", year, level, key)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return after_saving(request, shown.plan, saved, level, key)
    crumbs = [*plan_trail(shown.plan, shown), (_("옮기기"), "")]
    return show(
        request,
        "editing/move.html",
        current=PAGE,
        node=shown,
        form=form,
        plan=shown.plan,
        crumbs=crumbs,
    )


@require_http_methods(["GET", "POST"])
@login_required
def node_retire(request: HttpRequest, year: int, level: str, key: int) -> HttpResponse:
    """Ask for confirmation, and end a node with everything below it."""
    shown = node_for(request.user, year, level, key)
    if not may_edit(request.user, shown) or shown.retired_on:
        raise PermissionDenied
    if request.method == "POST":
        try:
            saved = actions.retire_node(node=shown, version=seen_version(request), by=request.user)
        except OutdatedNodeError:
            messages.error(request, CHANGED_MEANWHILE)
            return redirect("editing:node_retire", year, level, key)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect("editing:node", year, level, key)
        return after_saving(request, shown.plan, saved, level, key)
    return show(
        request,
        "editing/retire.html",
        current=PAGE,
        node=shown,
        plan=shown.plan,
        below=actions.below(shown),
        crumbs=[*plan_trail(shown.plan, shown), (_("끝내기"), "")],
    )


@require_POST
@login_required
def node_restore(request: HttpRequest, year: int, level: str, key: int) -> HttpResponse:
    """Undo the end of a draft's node."""
    shown = node_for(request.user, year, level, key)
    try:
        actions.restore_node(node=shown, version=seen_version(request), by=request.user)
        messages.success(request, _("되살렸습니다."))
    except OutdatedNodeError:
        messages.error(request, CHANGED_MEANWHILE)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("editing:node", year, level, key)


def after_saving(
    request: HttpRequest, plan: Plan, saved: Saved, level: str, key: int | None
) -> HttpResponse:
    """Add a message about what was saved, and redirect to where it can be seen."""
    if saved.amendment:
        noted = _("공개된 계획이라 변경안에 적었습니다. 사유를 적고 승인을 신청하면 반영됩니다.")
        rest = " " + _("약속이 아닌 칸은 바로 저장했습니다.") if saved.changed else ""
        messages.success(request, noted + rest)
        return redirect("amendments:amendment", plan.year, saved.amendment.pk)
    messages.success(request, _("저장했습니다.") if saved.changed else _("바뀐 곳이 없습니다."))
    return redirect("editing:node", plan.year, level, key)


def submit_label(plan: Plan) -> str:
    """Return the label of the save button."""
    return _("저장") if not plan.is_published else _("저장(약속은 변경안에 적기)")
