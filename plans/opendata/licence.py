"""The licence of the open data: 공공누리 제1유형 (KOGL type 1, attribution)."""

from gwonseon.office.models import District

NAME = "공공누리 제1유형(출처표시)"
ADDRESS = "https://www.kogl.or.kr/info/license.do"
TERMS = (
    "출처를 표시합니다.",
    "상업적으로도, 비상업적으로도 쓸 수 있습니다.",
    "고치거나 다른 저작물을 만들 수 있습니다.",
)
VERSION = "v1"


def attribution(district: District) -> str:
    """Return the sentence with which users of the data name its source."""
    return (
        f"본 저작물은 「{district.office}」에서 작성하여 공공누리 제1유형으로 개방한 "
        f"「{district.name} 구정계획 공공데이터」를 이용하였습니다."
    )


def as_data(district: District) -> dict[str, str]:
    """Return the licence as data for JSON."""
    return {"name": NAME, "url": ADDRESS, "attribution": attribution(district)}
