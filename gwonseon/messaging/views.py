"""The operators' page: the channel, what waits, and what only a person can decide."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwonseon.messaging.channels import current_channel
from gwonseon.messaging.gateways.registry import known_gateways, only_writes
from gwonseon.messaging.gateways.written import sent_messages
from gwonseon.messaging.models import Batch
from gwonseon.messaging.operating import (
    Decision,
    decide,
    resume_channel,
    stop_channel,
    switch_channel,
)
from gwonseon.messaging.phones import masked
from gwonseon.messaging.queries import open_counts, undecided_batches
from gwonseon.office.acting import act_and_say
from gwonseon.office.menu import show
from gwonseon.office.people.access import needs

PAGE = "messaging:messages"
MOST_WRITTEN = 20

needs_operating = needs("messaging.change_channel")


@require_GET
@needs_operating
def messages_page(request: HttpRequest) -> HttpResponse:
    """Show the state of the outbox; on a portal to try also what was written instead of sent."""
    channel = current_channel()
    others = [name for name in known_gateways() if channel and name != channel.gateway]
    is_written = only_writes()
    written = sent_messages(MOST_WRITTEN) if is_written else []
    return show(
        request,
        "messaging/messages.html",
        current=PAGE,
        channel=channel,
        others=others,
        counts=open_counts(),
        batches=undecided_batches(),
        decisions=Decision,
        is_written=is_written,
        written=[(masked(one.number), one.text, one.written_at) for one in written],
    )


@require_POST
@needs_operating
def stop(request: HttpRequest) -> HttpResponse:
    """Send nothing until somebody resumes."""
    return acted(
        request,
        lambda: stop_channel(by=request.user),
        _("발송을 멈췄습니다. 이미 중계사에 넘긴 문자는 멈추지 않습니다."),
    )


@require_POST
@needs_operating
def resume(request: HttpRequest) -> HttpResponse:
    """Send again."""
    return acted(request, lambda: resume_channel(by=request.user), _("다시 보내기 시작했습니다."))


@require_POST
@needs_operating
def switch(request: HttpRequest) -> HttpResponse:
    """Send through another gateway."""
    name = request.POST.get("gateway", "")
    return acted(
        request,
        lambda: switch_channel(name=name, by=request.user),
        _("중계사를 바꿨습니다. 결과를 모르는 문자는 이전 중계사에 남아 있습니다."),
    )


@require_POST
@needs_operating
def batch(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down what a person found out of a batch."""
    found = get_object_or_404(Batch, pk=key)
    if request.POST.get("decision") not in {*Decision}:
        return HttpResponseBadRequest()
    decision = Decision(request.POST["decision"])
    return acted(
        request,
        lambda: {"done": f"{decide(batch=found, decision=decision, by=request.user):,}"},
        _("문자 %(done)s건을 정리했습니다."),
    )


def acted(
    request: HttpRequest, act: Callable[[], Mapping[str, str] | None], said: str
) -> HttpResponse:
    """Act, and say on the page that it is done, or why not."""
    act_and_say(request, act, said)
    return redirect(PAGE)
