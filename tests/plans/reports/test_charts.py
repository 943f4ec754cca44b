from decimal import Decimal
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from plans.reports.characters import ems_of, shortened
from plans.reports.charts import LENGTH, ZOOM, chart_png, chart_svg
from plans.reports.document import Chart
from tests.plans.reports.documents import ODD

SVG = "{http://www.w3.org/2000/svg}"


def chart(*bars: tuple[str, Decimal]) -> Chart:
    return Chart(f"달성률 {ODD}", bars, f"달성률: {ODD}")


def texts(svg: str) -> list[str]:
    return [one.text for one in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


def test_svg_says_names_values_and_alt() -> None:
    svg = chart_svg(chart(("안전", Decimal("81.34")), (ODD[:8], Decimal(40))))
    root = etree.fromstring(svg.encode())
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == f"달성률: {ODD}"
    assert {"안전", "81.3%", ODD[:8], "40%"} <= set(texts(svg))


def test_svg_has_presentation_attributes_only() -> None:
    svg = chart_svg(chart(("안전", Decimal(1))))
    assert "style" not in svg
    assert "<script" not in svg
    assert " id=" not in svg


def test_bars_stay_within_their_scale() -> None:
    svg = chart_svg(chart(("가", Decimal("132.45")), ("나", Decimal(-3)), ("다", Decimal(50))))
    lengths = [one.get("width") for one in etree.fromstring(svg.encode()).iter(f"{SVG}rect")]
    assert lengths[2::2] == [str(LENGTH), "0", str(LENGTH // 2)]
    # Halves are rounded up, as on the pages.
    assert "132.5%" in texts(svg)


def test_long_names_are_cut_where_they_are_drawn_but_not_in_their_title() -> None:
    name = "안전하고 재난에 강한 도시 조성"
    svg = chart_svg(chart((name, Decimal(1))))
    assert "안전하고 재난에 강한 도시…" in texts(svg)
    assert f"<title>{name} 1%</title>" in svg


@given(st.text(), st.floats(1, 40))
def test_shortened_text_fits(text: str, most: float) -> None:
    assert ems_of(shortened(text, most)) <= most


def test_png_is_white_twice_the_size_and_always_the_same() -> None:
    one = chart(("안전", Decimal("81.3")))
    png = chart_png(one)
    assert png == chart_png(one)
    picture = Image.open(BytesIO(png)).convert("RGB")
    height = int(etree.fromstring(chart_svg(one).encode()).get("height"))
    assert picture.size == (720 * ZOOM, height * ZOOM)
    assert picture.getpixel((0, 0)) == (255, 255, 255)


def test_png_of_no_bars() -> None:
    assert chart_png(chart())
