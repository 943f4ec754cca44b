"""Outcomes of each line of a table: previewed, carried out and counted alike."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.tables.pasted import read_pasted
from gwonseon.tables.rows import rows_of
from gwonseon.uploads.actions import PreviewOutdatedError, keep_upload
from plans.ledger import actions
from plans.ledger.bulk.actions import table_place, write_table
from plans.ledger.bulk.outcomes import Outcome, lines_of, lines_stamp
from plans.ledger.bulk.reading import TableReader
from plans.ledger.models import Record
from plans.tree.models import Activity
from tests.factories.ledger import entry, officer_of, recordable
from tests.krds.markup import Markup
from tests.plans.together import together

pytestmark = pytest.mark.django_db

HEAD = "추진일자\t수량(회)\t내용"


def table(*days: int) -> str:
    return "\n".join([HEAD, *[f"2021-03-0{day}\t1\t예시" for day in days]])


def bring(desk: Client, activity: Activity, *days: int) -> str:
    """Paste a table of days of March and return the address of its preview."""
    address = reverse("ledger:records_add", args=[activity.pk])
    response = desk.post(address, {"pasted": table(*days)})
    assert response.status_code == 302, response.context["problems"]
    return response.url


def told(desk: Client, preview: str) -> list[str]:
    """Return the outcome of each line in the preview."""
    page = Markup(desk.get(preview).text)
    return [page.words(cell) for cell in page.all("td", **{"data-label": "하는 일"})]


def press(desk: Client, preview: str, button: str, seen: str | None = None) -> Any:
    """Press one of the preview's buttons and return the page that follows."""
    seen = seen or desk.get(preview).context["seen"]
    return desk.post(preview, {"seen": seen, button: "1"}, follow=True)


def written(desk: Client, activity: Activity, *days: int, button: str) -> str:
    return press(desk, bring(desk, activity, *days), button).text


def of_day(day: int) -> Record:
    return Record.objects.filter(happened_on=f"2021-03-0{day}", strikes_out=False).latest("pk")


def test_drafts_of_the_table_are_confirmed_and_counted_as_such(
    desk: Client, activity: Activity
) -> None:
    written(desk, activity, 1, 2, button="draft")
    preview = bring(desk, activity, 1, 2, 3)
    assert told(desk, preview) == ["작성중인 것을 확정", "작성중인 것을 확정", "새로 씀"]
    assert "취소된 실적과 똑같습니다" not in desk.get(preview).text
    assert "2줄은 작성중인 실적으로 이미 있습니다." in desk.get(preview).text

    page = press(desk, preview, "confirm").text

    assert "새 실적 1건을 확정했습니다. 작성중이던 2건을 확정했습니다." in page
    assert Record.objects.confirmed().count() == Record.objects.count() == 3


def test_existing_records_are_not_counted_as_written(desk: Client, activity: Activity) -> None:
    written(desk, activity, 1, 2, button="confirm")
    values = {
        "record": of_day(2),
        "entry": entry("2021-03-02", quantity=5),
        "by": of_day(2).written_by,
    }
    actions.correct_record(**values, confirm=True)
    preview = bring(desk, activity, 1, 2, 3)
    assert told(desk, preview) == ["이미 있음(확정)", "이미 있음(정정됨)", "새로 씀"]

    page = press(desk, preview, "draft").text

    assert (
        "새 실적 1건을 작성중으로 저장했습니다. 이미 확정된 1건은 그대로 두었습니다. "
        "이미 정정된 1건은 그대로 두었습니다. 확정해야 진행에 더해집니다."
    ) in page
    assert Record.objects.count() == 4


def test_drafts_stay_drafts_where_drafts_are_saved(desk: Client, activity: Activity) -> None:
    written(desk, activity, 1, button="draft")
    page = written(desk, activity, 1, 2, button="draft")
    assert "작성중이던 1건은 그대로 두었습니다." in page
    assert {one.state for one in Record.objects.all()} == {"draft"}


def test_no_button_is_shown_if_nothing_would_be_written(desk: Client, activity: Activity) -> None:
    written(desk, activity, 1, button="confirm")
    page = desk.get(bring(desk, activity, 1)).text
    assert "1줄은 전에 올린 표에 있던 줄과 똑같아" in page
    assert "모두 저장하고 확정</button>" not in page
    assert "작성중으로 저장</button>" not in page


@pytest.mark.parametrize("button", ["confirm", "draft"])
def test_a_line_whose_record_was_voided_is_written_again_once(
    desk: Client, activity: Activity, officer: User, button: str
) -> None:
    written(desk, activity, 1, button="confirm")
    for _round in range(2):
        actions.void_record(record=of_day(1), reason="예시", by=officer)
        preview = bring(desk, activity, 1)
        assert told(desk, preview) == ["취소된 것을 새로 씀"]
        assert "1줄은 취소된 실적과 똑같습니다. 저장하면 새로" in desk.get(preview).text
        page = press(desk, preview, button).text
        assert "취소되었던 1건을 새로 적어" in page
        assert "새로 올린 것이 있습니다" in press(desk, preview, button, seen="x").text
        assert told(desk, bring(desk, activity, 1)) != ["취소된 것을 새로 씀"]
        assert Record.objects.current().count() == 1
        if button == "draft":
            draft = of_day(1)
            actions.confirm_record(record=draft, version=draft.version, by=officer)


def test_a_line_whose_record_was_corrected_and_voided_is_written_again(
    desk: Client, activity: Activity, officer: User
) -> None:
    written(desk, activity, 1, button="confirm")
    other = entry("2021-03-01", quantity=5)
    new = actions.correct_record(record=of_day(1), entry=other, by=officer, confirm=True)
    actions.void_record(record=new, reason="예시", by=officer)

    assert told(desk, bring(desk, activity, 1)) == ["취소된 것을 새로 씀"]
    written(desk, activity, 1, button="confirm")

    assert Record.objects.confirmed().get().quantity == 1


def test_a_draft_that_was_changed_by_hand_is_not_confirmed_by_its_line(
    desk: Client, activity: Activity
) -> None:
    written(desk, activity, 1, 2, button="draft")
    draft, colleague = of_day(1), officer_of(activity)
    changed = entry("2021-03-01", quantity=500, note="예시")
    actions.rewrite_record(record=draft, entry=changed, version=0, by=colleague)
    preview = bring(desk, activity, 1, 2)
    assert told(desk, preview) == ["작성중(그 뒤 고침) · 그대로 둠", "작성중인 것을 확정"]
    page = desk.get(preview).text
    assert f'<a href="{draft.get_absolute_url()}">작성중(그 뒤 고침)' in page
    assert "1줄은 작성중인 실적으로 있지만 그 뒤에 손으로 고쳤습니다." in page

    done = press(desk, preview, "confirm").text

    assert "작성중이던 1건을 확정했습니다. 그 뒤에 고친 작성중 1건은 그대로" in done
    assert str(Record.objects.confirmed().get().happened_on) == "2021-03-02"
    assert "모두 저장하고 확정</button>" not in desk.get(bring(desk, activity, 1)).text

    draft.refresh_from_db()
    actions.confirm_record(record=draft, version=draft.version, by=colleague)
    assert told(desk, bring(desk, activity, 1)) == ["이미 있음(확정) 손으로 고침"]


def test_changed_outcomes_are_previewed_again_and_nothing_is_written(
    desk: Client, activity: Activity, officer: User
) -> None:
    written(desk, activity, 1, button="draft")
    preview = bring(desk, activity, 1, 2)
    seen = desk.get(preview).context["seen"]
    actions.confirm_record(record=of_day(1), version=0, by=officer)

    answer = press(desk, preview, "confirm", seen)

    assert answer.redirect_chain[0][0] == preview
    assert "아무것도 쓰지 않았습니다." in answer.text
    assert told(desk, preview) == ["이미 있음(확정)", "새로 씀"]
    assert Record.objects.count() == 1
    press(desk, preview, "confirm")
    assert Record.objects.confirmed().count() == 2


def test_nothing_is_written_without_a_preview(desk: Client, activity: Activity) -> None:
    preview = bring(desk, activity, 1)
    assert "아무것도 쓰지 않았습니다." in desk.post(preview, {"confirm": "1"}, follow=True).text
    assert not Record.objects.exists()


def test_users_who_cannot_confirm_a_line_are_told_before(client: Client) -> None:
    activity = recordable(record_kind="audit", measure="records")
    officer = officer_of(activity)
    client.force_login(officer)
    reader = TableReader(user=officer, activity=activity)
    words = {name: offered[0] for name, offered in reader.lists.items()}
    cells = dict.fromkeys(reader.needed, "예시") | words | {"추진일자": "2021-03-01"}
    text = "\t".join(cells) + "\n" + "\t".join(cells.values())
    address = reverse("ledger:records_add", args=[activity.pk])

    for outcome in ("새로 씀", "이미 있음(작성중)"):
        preview = client.post(address, {"pasted": text}).url
        page = client.get(preview).text
        assert "다른 사람이 확정합니다. 여기서는 작성중으로만 저장합니다." in page
        assert "모두 저장하고 확정" not in page
        assert told(client, preview) == [outcome]
        press(client, preview, "draft")
    assert Record.objects.get().is_draft


def kept(activity: Activity, by: User, *days: int) -> int:
    """Store a table of days and return its upload number."""
    reader = TableReader(user=by, activity=activity)
    rows = rows_of(read_pasted(table(*days)), known=reader.headers, needed=reader.needed)[0]
    return keep_upload(place=table_place(activity), rows=rows, by=by).pk


@pytest.mark.parametrize("number", [1, 3])
def test_finding_outcomes_costs_the_same_for_any_number(
    activity: Activity, officer: User, number: int, django_assert_num_queries: Any
) -> None:
    days = range(1, number + 1)
    write_table(number=kept(activity, officer, *days), activity=activity, by=officer, confirm=True)
    for day in days:
        actions.void_record(record=of_day(day), reason="예시", by=officer)
    reader = TableReader(user=officer, activity=activity)
    rows = rows_of(read_pasted(table(*days)), known=reader.headers, needed=reader.needed)[0]
    taken = reader.read(rows)[0]
    # Records and versions, their replacements in two steps, new tokens, records of equal content.
    with django_assert_num_queries(6):
        lines = lines_of(taken, activity, officer)
    assert {one.outcome for one in lines} == {Outcome.VOIDED}


@pytest.mark.django_db(transaction=True)
def test_a_table_and_a_void_at_the_same_moment_both_report_correctly() -> None:
    activity = recordable(measure="quantity", unit="회", counted="예시로 센 것")
    by = officer_of(activity)
    for day in range(1, 5):
        number = kept(activity, by, day)
        write_table(number=number, activity=activity, by=by, confirm=False)
        number = kept(activity, by, day)
        reader = TableReader(user=by, activity=activity)
        rows = rows_of(read_pasted(table(day)), known=reader.headers, needed=reader.needed)[0]
        seen = lines_stamp(lines_of(reader.read(rows)[0], activity, by))
        draft = of_day(day)

        results = together(
            lambda number=number, seen=seen: write_table(
                number=number, activity=activity, by=by, confirm=True, seen=seen
            ),
            lambda draft=draft: actions.confirm_record(record=draft, version=0, by=by),
        )

        refused = [one for one in results if isinstance(one, RefusedError)]
        assert len(refused) == 1
        written_first = not isinstance(results[0], PreviewOutdatedError)
        assert not written_first or results[0] == {Outcome.DRAFT: 1}
        assert Record.objects.confirmed().count() == day
