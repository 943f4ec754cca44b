"""Upload of a table of facilities: checked cell by cell, previewed, saved whole or not at all."""

import unicodedata
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Dong
from gwonseon.office.roles import EDITOR, READER
from gwonseon.refusals import RefusedError
from gwonseon.size_limits import LARGEST_TABLE
from gwonseon.tables.workbooks import LISTS
from gwonseon.uploads.actions import keep_upload
from gwonseon.uploads.models import Upload
from plans.facilities.importing import PLACE, compare_facilities, write_facilities
from plans.facilities.models import Facility
from tests.factories.ledger import FacilityFactory
from tests.factories.office import staff
from tests.plans.together import together

pytestmark = pytest.mark.django_db

IMPORT = reverse("facilities:facilities_import")
HEAD = "이름,종류,동,주소,정원"


def dong(place: int = 0) -> Dong:
    return Dong.objects.order_by("position")[place]


def table(*lines: str, head: str = HEAD) -> bytes:
    """Return a CSV file; the letter D in it is replaced by a dong's name."""
    return "\n".join([head, *lines]).replace("D", dong().name).encode()


def upload(client: Client, content: bytes, **options: Any) -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile("table.csv", content)}, **options)


def written(client: Client, content: bytes) -> str:
    """Upload a table, press 「모두 반영」 and return the page that follows."""
    response = upload(client, content)
    assert response.status_code == 302, response.context["problems"]
    return client.post(response.url, follow=True).text


def refused(client: Client, content: bytes) -> str:
    """Upload a file that must be refused, and return the page's error."""
    response = upload(client, content)
    assert not Upload.objects.exists()
    return response.context["form"].errors["file"][0]


def test_a_table_adds_changes_and_keeps_facilities(officer: Client) -> None:
    same = FacilityFactory(name="가 공원", kinds=["park"], dong=dong(), address="예시로 1")
    other = FacilityFactory(name="나 쉼터", kinds=["heat-shelter"], dong=dong(), capacity=30)
    content = table(
        "가 공원,공원,D,예시로 1,",
        '나 쉼터,"경로당, 무더위쉼터",D,,"1,000"',
        "다 화장실,공중화장실,D,예시로 3,0",
    )

    page = upload(officer, content, follow=True)
    assert "새 시설 1곳, 바뀌는 시설 1곳, 그대로인 시설 1곳입니다." in page.text
    assert "종류: 무더위쉼터 → 경로당, 무더위쉼터" in page.text
    assert "정원: 30 → 1000" in page.text
    assert "A4" in page.text
    assert Facility.objects.count() == 2

    assert "시설 2곳을 모두 반영했습니다." in written(officer, content)
    same.refresh_from_db()
    other.refresh_from_db()
    new = Facility.objects.get(name="다 화장실")
    assert same.version == 0
    assert (other.kinds, other.capacity, other.version) == (
        ["senior-centre", "heat-shelter"],
        1000,
        1,
    )
    assert (new.kinds, new.dong, new.address, new.capacity) == (["toilet"], dong(), "예시로 3", 0)
    assert other.events.count() == 2
    assert not Upload.objects.exists()
    assert "표와 등록된 시설이 같습니다." in upload(officer, content, follow=True).text


def test_columns_can_be_reordered_and_left_out(officer: Client) -> None:
    kept = FacilityFactory(name="가 공원", kinds=["park"], dong=dong(), address="예시로 1")

    written(officer, table("7,D,가 공원", head="정원,동,이름"))

    kept.refresh_from_db()
    assert (kept.kinds, kept.address, kept.capacity) == (["park"], "예시로 1", 7)


def test_the_blank_workbook_lists_allowed_values_and_can_be_uploaded(officer: Client) -> None:
    response = officer.get(reverse("facilities:facilities_form"))
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert book[LISTS]["A2"].value == "경로당"
    assert book[LISTS]["B2"].value == dong().name
    book["시설"].append(["예시 경로당", "경로당", dong().name, None, 20])
    buffer = BytesIO()
    book.save(buffer)

    written(officer, buffer.getvalue())

    assert Facility.objects.get().capacity == 20


def test_uploading_the_downloaded_list_changes_nothing(officer: Client) -> None:
    FacilityFactory(name="=가", kinds=["green", "park"], capacity=3)
    FacilityFactory(name="나 (폐쇄)", closed_on="2021-06-30")
    content = officer.get(reverse("facilities:facilities_csv"), {"closed": "on"}).content

    assert "표와 등록된 시설이 같습니다." in upload(officer, content, follow=True).text


@pytest.mark.parametrize(
    ("line", "place", "sentence"),
    [
        ("경로당,경로당,없는동,,", "C2", "「없는동」은(는) 없는 이름입니다."),
        ("경로당,경로당,,,", "C2", "동을 적으세요."),
        ("D,경로당,예시 경로당,,", "C2", "「예시 경로당」은(는) 없는 이름입니다."),
        (",경로당,D,,", "A2", "이름을 적어 주세요."),
        (f"{'가' * 101},경로당,D,,", "A2", "100"),
        ("경로당,성,D,,", "B2", "「성」은(는) 없는 이름입니다."),
        ("경로당,,D,,", "B2", "종류를 하나 이상"),
        ("경로당,경로당,D,,-1", "E2", "0에서 100,000까지"),
        ("경로당,경로당,D,,99999999999", "E2", "0에서 100,000까지"),
        ("경로당,경로당,D,,40대", "E2", "단위는 명입니다."),
        ("경로당,경로당,D,예시\x1b로,", "D2", "U+001B"),
        ("예시\u200b경로당,경로당,D,,", "A2", "U+200B"),
        ("폐쇄된 곳,기타,D,,", "B2", "「기타」은(는) 없는 이름입니다."),
        ("닫은 공원,공원,D,,", "A2", "2021-06-30에 폐쇄한 시설입니다."),
    ],
)
def test_each_wrong_cell_gets_its_sentence(
    officer: Client, line: str, place: str, sentence: str
) -> None:
    FacilityFactory(name="닫은 공원", kinds=["park"], dong=dong(), closed_on="2021-06-30")

    response = upload(
        officer,
        table("예시 공원,공원,D,,").replace(
            b"\n", f"\n{line}\n".replace("D", dong().name).encode(), 1
        ),
    )

    (problem,) = response.context["problems"]
    assert problem.place == place
    assert sentence in problem.sentence
    assert problem.sentence in response.text
    assert "고칠 칸이 1곳 있습니다." in response.text
    assert not Upload.objects.exists()


def test_a_duplicate_facility_is_named(officer: Client) -> None:
    response = upload(officer, table("가,공원,D,,", "가,녹지,D,,"))
    (problem,) = response.context["problems"]
    assert (problem.place, problem.sentence) == (
        "A3",
        "A2에 있는 시설이 또 있습니다. 한 줄만 남기세요.",
    )


def test_a_table_closes_nothing(officer: Client) -> None:
    FacilityFactory(name="가", kinds=["park"], dong=dong())
    response = upload(officer, table("가,D,2021-06-30", head="이름,동,폐쇄일"))
    assert "폐쇄일은 표로 바꾸지 않습니다." in response.context["problems"][0].sentence


def test_a_new_facility_needs_a_kind_and_a_dong_that_is_there(officer: Client) -> None:
    assert "새 시설입니다." in upload(officer, table("가,D", head="이름,동")).text
    Dong.objects.filter(pk=dong().pk).update(closed_on="2021-01-01")
    assert "폐지된 동입니다." in upload(officer, table("가,공원,D,,")).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "빈 파일입니다."),
        (b"\xff\xd8\xff\xe0photo", "표로 읽을 수 없는 파일입니다."),
        (b"PK\x03\x04broken", "XLSX 파일로 읽을 수 없습니다."),
        (bytes(LARGEST_TABLE + 1), "를 넘는 파일입니다."),
        ("동네,값".encode(), "A1의 열 이름 「동네」을(를) 알 수 없습니다."),
        ("이름,종류".encode(), "「동」 열이 없습니다."),
        (HEAD.encode(), "표에 시설이 없습니다."),
        (f'{HEAD}\n"가'.encode(), "짝이 없는 큰따옴표"),
    ],
)
def test_other_tables_are_refused(officer: Client, content: bytes, sentence: str) -> None:
    assert sentence in refused(officer, content)


def test_a_file_is_needed(officer: Client) -> None:
    assert "올릴 XLSX나 CSV 파일을 고르세요." in officer.post(IMPORT).text


def test_nothing_is_written_if_a_facility_changed_meanwhile(officer: Client) -> None:
    FacilityFactory(name="가", kinds=["park"], dong=dong())
    address = upload(officer, table("가,공원,D,새 주소,", "나,공원,D,,")).url
    Facility.objects.update(version=1)

    page = officer.post(address, follow=True)

    assert "「가」: 표를 올린 뒤 다른 사람이 고친 시설입니다." in page.text
    assert Facility.objects.get().address == ""


def test_nothing_is_written_if_a_name_was_used_meanwhile(officer: Client) -> None:
    address = upload(officer, table("가,공원,D,,", "나,공원,D,,")).url
    FacilityFactory(name="나", dong=dong())

    page = officer.post(address, follow=True)

    assert "표를 올린 뒤 같은 이름의 시설이 등록되었습니다." in page.text
    assert Facility.objects.get().name == "나"
    assert Upload.objects.exists()


def test_another_users_and_an_older_upload_are_not_found(officer: Client) -> None:
    first = upload(officer, table("가,공원,D,,")).url
    second = upload(officer, table("나,공원,D,,")).url
    assert "더 새로 올린 것이 있습니다" in officer.get(first, follow=True).text
    assert "더 새로 올린 것이 있습니다" in officer.post(first, follow=True).text

    officer.force_login(staff(EDITOR))
    assert "더 새로 올린 것이 있습니다" in officer.get(second, follow=True).text
    assert "더 새로 올린 것이 있습니다" in officer.post(second, follow=True).text
    assert not Facility.objects.exists()


def test_a_reader_is_refused(client: Client) -> None:
    client.force_login(staff(READER))
    form = reverse("facilities:facilities_form")
    preview = reverse("facilities:facilities_preview", args=[1])
    assert {client.get(url).status_code for url in (IMPORT, form, preview)} == {403}
    assert {client.post(url).status_code for url in (IMPORT, preview)} == {403}


@pytest.mark.parametrize("number", [1, 3])
def test_a_table_costs_the_same_for_any_length(
    django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    by = staff(EDITOR)
    for place in range(number):
        FacilityFactory(name=f"있는 곳 {place}", kinds=["park"], dong=dong())
    lines = [
        f"{name} {place},공원,D,새 주소,"
        for place in range(number)
        for name in ("있는 곳", "새 곳")
    ]
    with django_assert_num_queries(3):
        found = compare_facilities(BytesIO(table(*lines)))  # `table` makes one of them
    upload = keep_upload(place=PLACE, rows=found.rows, by=by)

    # Two savepoints, the permissions of the user and of their roles, reading upload and facilities,
    # adding, changing, deleting the upload.
    with django_assert_num_queries(10):
        assert write_facilities(number=upload.pk, by=by) == 2 * number


@pytest.mark.django_db(transaction=True)
def test_one_upload_is_written_once() -> None:
    by = staff(EDITOR)
    found = compare_facilities(BytesIO(table("가,공원,D,,")))
    upload = keep_upload(place=PLACE, rows=found.rows, by=by)

    results = together(*[lambda: write_facilities(number=upload.pk, by=by)] * 2)

    assert [isinstance(one, RefusedError) for one in results].count(True) == 1
    assert Facility.objects.count() == 1


def test_decomposed_letters_are_the_same_name(officer: Client) -> None:
    there = FacilityFactory(name="가나 경로당", kinds=["senior-centre"], dong=dong())
    apart = unicodedata.normalize("NFD", "가나 경로당")

    assert "시설 1곳을 모두 반영했습니다." in written(
        officer, table(f"{apart},경로당,D,권선로 1,20")
    )

    there.refresh_from_db()
    assert (Facility.objects.count(), there.capacity) == (1, 20)


@pytest.mark.parametrize("name", ["\u3164", "\u115f\u1160", "\u00ad", "\u200d", "가\u3164나"])
def test_an_invisible_name_is_refused(officer: Client, name: str) -> None:
    response = upload(officer, table(f"{name},경로당,D,,"))
    (problem,) = response.context["problems"]
    assert problem.place == "A2"
    assert "보이지 않거나 깨진 글자" in problem.sentence


def test_other_column_names_and_dong_without_ending_are_accepted(officer: Client) -> None:
    written(officer, table("예시 쉼터,무더위쉼터,입북,40명", head="시설명,종류,행정동,정원"))
    facility = Facility.objects.get()
    assert (facility.name, str(facility.dong), facility.capacity) == ("예시 쉼터", "입북동", 40)


def test_a_name_that_differs_only_in_spaces_is_reported(officer: Client) -> None:
    FacilityFactory(name="예시 1동 경로당", kinds=["senior-centre"], dong=dong())

    response = upload(officer, table("예시1동경로당,경로당,D,,"))
    (problem,) = response.context["problems"]
    assert "「예시 1동 경로당」이(가) 이미 있습니다" in problem.sentence

    add = {"name": "예시1동 경로당", "kinds": ["senior-centre"], "dong": dong().pk, "version": 0}
    page = officer.post(reverse("facilities:facility_add"), add)
    assert "「예시 1동 경로당」이(가) 이미 있습니다" in page.text
    assert Facility.objects.count() == 1
