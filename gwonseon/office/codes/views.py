"""Pages to enter, set up and remove one-time codes."""

import io
from base64 import b32encode
from urllib.parse import quote, urlencode

import django_otp
import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from gwonseon.office.codes import actions
from gwonseon.office.codes.forms import CodeForm
from gwonseon.office.codes.queries import code_state
from gwonseon.office.menu import show
from gwonseon.office.models import District
from gwonseon.office.signing_in import after_step

# Session key for the id of the new device: only the session that started the set-up sees its key.
NEW_DEVICE = "new_code_device"


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@login_required
def code(request: HttpRequest) -> HttpResponse:
    """Ask for a one-time code after the password."""
    if request.user.is_verified() or not code_state(request.user).are_set_up:
        return redirect(after_step(request))
    hint = _("인증 앱에 보이는 숫자 6자리입니다. 휴대전화가 없으면 복구 번호를 적습니다.")
    form = CodeForm(request.POST or None, hint=hint)
    if form.is_valid():
        try:
            device = actions.give_code(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("code", error)
        else:
            django_otp.login(request, device)
            request.session.cycle_key()
            return redirect(after_step(request))
    return show(request, "office/codes/code.html", form=form)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@login_required
def code_set_up(request: HttpRequest) -> HttpResponse:
    """Make a new key, then show it until its first code is confirmed."""
    device = new_device(request)
    if request.method == "POST" and device is None:
        request.session[NEW_DEVICE] = actions.start_set_up(by=request.user).pk
        return redirect(request.get_full_path())
    form = CodeForm(request.POST or None, hint=_("인증 앱에 지금 보이는 숫자 6자리입니다."))
    if form.is_valid():
        try:
            codes = actions.confirm_set_up(device=device, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("code", error)
        else:
            del request.session[NEW_DEVICE]
            django_otp.login(request, device)
            context = {"codes": codes, "next_page": after_step(request)}
            return show(request, "office/codes/recovery.html", **context)
    return show(
        request,
        "office/codes/set_up.html",
        current="office:account",
        form=form,
        key=key_in_groups(device) if device else "",
    )


@require_GET
@login_required
@never_cache
def code_picture(request: HttpRequest) -> HttpResponse:
    """Return the new key as a QR code (SVG)."""
    device = new_device(request)
    if device is None:
        raise Http404
    picture = io.BytesIO()
    segno.make(address_for_app(device), micro=False).save(picture, kind="svg", scale=6, border=0)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@require_POST
@login_required
def code_remove(request: HttpRequest) -> HttpResponse:
    """Switch off the user's one-time codes."""
    try:
        actions.remove_codes(by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("일회용 번호를 껐습니다."))
    return redirect("office:account")


def new_device(request: HttpRequest) -> TOTPDevice | None:
    """Return the device that this session is setting up, or None."""
    return TOTPDevice.objects.filter(
        user=request.user, confirmed=False, pk=request.session.get(NEW_DEVICE)
    ).first()


def key_of(device: TOTPDevice) -> str:
    """Return the device's key in base 32, as apps expect it."""
    return b32encode(device.bin_key).decode()


def key_in_groups(device: TOTPDevice) -> str:
    """Return the key in groups of four characters, to be typed."""
    key = key_of(device)
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def address_for_app(device: TOTPDevice) -> str:
    """Return the otpauth URL of the QR code, with the key and the user name to show in the app."""
    issuer = District.objects.get().office
    label = quote(f"{issuer}:{device.user.username}")
    facts = urlencode({"secret": key_of(device), "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{label}?{facts}"
