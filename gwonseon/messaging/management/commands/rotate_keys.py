"""`manage.py rotate_keys`: everything sealed is sealed under the first of PHONE_KEYS."""

from typing import Any

from django.core.management import CommandError

from gwonseon.commands import PortalCommand
from gwonseon.messaging.rotation import rotate
from gwonseon.messaging.sealing import SealError, current_key_number


class Command(PortalCommand):
    """Seal all phone numbers and texts anew."""

    help = "전화번호와 문자 내용을 PHONE_KEYS의 첫 열쇠로 다시 잠급니다. 멈추면 이어서 합니다."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rotate, and say how much was done."""
        try:
            done = rotate()
        except SealError as error:
            raise CommandError(
                f"PHONE_KEYS에 없는 열쇠로 잠긴 값이 있습니다({error}). 그 열쇠를 뒤에 넣으세요."
            ) from None
        self.stdout.write(
            f"{sum(done.values()):,}개를 {current_key_number()}번 열쇠로 다시 잠갔습니다. "
            "이제 앞의 열쇠는 PHONE_KEYS에서 지울 수 있습니다."
        )
