"""All that the portal knows of a resident, for their own copy (개인정보 보호법 제35조)."""

from collections.abc import Callable
from typing import Any

from gwonseon.messaging.sealing import unseal
from gwonseon.registry import Registry
from gwonseon.residents.models import ConsentEvent, Resident

# Functions of higher layers that return a resident's data as a dictionary with Korean keys.
parts: Registry[Callable[[Resident], dict[str, Any]]] = Registry()


def export(resident: Resident) -> dict[str, Any]:
    """Return everything that is stored of a resident (1 query and those of the parts)."""
    lines = ConsentEvent.objects.filter(mac=resident.mac).order_by("pk")
    known = {
        "휴대전화번호": unseal(resident.sealed),
        "번호를 확인한 때": resident.verified_at.isoformat(),
        "신청한 때": resident.created_at.isoformat(),
        "동의 이력": [
            {
                "항목": line.get_what_display(),
                "한 일": line.get_act_display(),
                "문구의 판": line.wording,
                "일시": line.at.isoformat(),
            }
            for line in lines
        ],
    }
    for part in parts:
        known |= part(resident)
    return known
