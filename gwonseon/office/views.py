"""Pages to sign in and out and for the user's own account; saving of drafts."""

import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.office import actions
from gwonseon.office.codes.queries import code_state
from gwonseon.office.forms import DraftForm, PasswordForm, SignInForm
from gwonseon.office.lockout import bare_request
from gwonseon.office.menu import show
from gwonseon.office.signing_in import after_step, destination, let_in, previous_sign_in

logger = logging.getLogger(__name__)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign a member of staff in and redirect to the page that they wanted.

    The log names the account only by its id, and nothing of a refused attempt, because people type
    passwords into the name's field by mistake.
    """
    if request.user.is_authenticated:
        return redirect(destination(request, request.GET.get(REDIRECT_FIELD_NAME, "")))
    if request.method == "GET":
        form = SignInForm(next_page=request.GET.get(REDIRECT_FIELD_NAME, ""))
        return render(request, "office/sign_in.html", {"form": form, "demo": settings.DEMO})
    form = SignInForm(bare_request(), request.POST)
    if not form.is_valid():
        logger.warning("A sign-in was refused.")
        context = {"form": form, "demo": settings.DEMO}
        return render(request, "office/sign_in.html", context, status=form.status)
    let_in(request, form.get_user())
    logger.info("User %s signed in.", request.user.pk)
    return redirect(destination(request, form.cleaned_data["next"]))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign the member of staff out and redirect to the front page."""
    if request.user.is_authenticated:
        logger.info("User %s signed out.", request.user.pk)
    logout(request)
    return redirect(resolve_url(settings.LOGOUT_REDIRECT_URL))


@require_GET
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show the user's own account: department, roles, one-time codes and previous sign-in."""
    return show(
        request,
        "office/account.html",
        current="office:account",
        department=request.user.department,
        roles=list(request.user.groups.order_by("name")),
        codes=code_state(request.user),
        previous_sign_in=previous_sign_in(request),
        hours=settings.SESSION_COOKIE_AGE // 3600,
    )


@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@require_http_methods(["GET", "POST"])
@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Change the user's password. Their other sessions end, this one stays."""
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid():
        actions.change_password(by=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("비밀번호를 바꿨습니다. 다른 곳의 로그인은 모두 끝났습니다."))
        return redirect(after_step(request))
    return show(request, "office/password.html", current="office:account", form=form)


@require_POST
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End the user's sessions in other browsers."""
    actions.end_sessions(by=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("다른 곳의 로그인을 모두 끝냈습니다."))
    return redirect("office:account")


@require_POST
def draft(request: HttpRequest) -> JsonResponse:
    """Save a draft, for `static/autosave.js`; answer with JSON."""
    if not request.user.is_authenticated:
        sentence = _("로그인이 끊겼습니다. 다시 로그인해 주세요.")
        return JsonResponse({"error": sentence}, status=401)
    form = DraftForm(request.POST)
    if not form.is_valid():
        sentence = next(iter(form.errors.values()))[0]
        return JsonResponse({"error": sentence}, status=400)
    kept = actions.save_draft(user=request.user, **form.cleaned_data)
    return JsonResponse({"saved_at": kept and kept.saved_at})
