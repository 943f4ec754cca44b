"""The registers of garden plots and of planned performances."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from culture.models import Plot, Show
from culture.registers.actions import add_row, change_row
from gwonseon.office.models import Dong
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.public.page_cache import public_state
from plans.tree.models import Activity
from tests.factories.ledger import officer_of, recordable
from tests.factories.office import DepartmentFactory
from tests.plans.together import together, while_uncommitted
from tests.transactions import undone

PLOTS, PLOT_ADD = reverse("registers:plots"), reverse("registers:plot_add")
SHOWS, SHOW_ADD = reverse("registers:shows"), reverse("registers:show_add")


@pytest.fixture
def garden(db: None) -> Activity:
    return recordable(kind="plot")


@pytest.fixture
def stage(db: None) -> Activity:
    year = timezone.localdate().year
    return recordable(
        year=year, record_kind="performance", initiative__goal__pillar__code="culture"
    )


@pytest.fixture
def keeper(client: Client, garden: Activity) -> Client:
    client.force_login(officer_of(garden))
    return client


def plot_values(of: Activity, **values: Any) -> dict[str, Any]:
    dong = Dong.objects.first().pk
    plain = {"activity": of.pk, "garden": "예시 텃밭", "number": 3, "dong": dong, "area": "16"}
    return plain | {"version": 0} | values


def show_values(stage: Activity, moment: datetime, **values: Any) -> dict[str, Any]:
    local = timezone.localtime(moment)
    when = {"starts_at_0": f"{local:%Y-%m-%d}", "starts_at_1": f"{local:%H:%M}"}
    plain = {"activity": stage.pk, "title": "예시 공연", "place": "예시 공원", "version": 0}
    return plain | when | values


def messages_of(answer: Any) -> str:
    return " ".join(str(one) for errors in answer.context["form"].errors.values() for one in errors)


def test_a_plot_is_added_changed_and_closed(keeper: Client, garden: Activity) -> None:
    keeper.post(PLOT_ADD, plot_values(garden, garden="  예시   텃밭 ", area="16㎡"))
    plot = Plot.objects.get()
    assert (str(plot), plot.area, plot.closed_on) == ("예시 텃밭 3", 16, None)

    page = reverse("registers:plot", args=[plot.pk])
    keeper.post(page, plot_values(garden, area="10.5", closed_on="2021-11-30"))
    plot.refresh_from_db()
    assert (float(plot.area), str(plot.closed_on), plot.version) == (10.5, "2021-11-30", 1)
    assert "2021. 11. 30.에 없앰" in keeper.get(PLOTS).content.decode()
    assert [float(one.area) for one in plot.events.order_by("pgh_id")] == [16, 10.5]


def test_a_row_that_is_not_there_answers_404(keeper: Client) -> None:
    for name in ("plot", "show"):
        page = reverse(f"registers:{name}", args=[1])
        assert keeper.get(page).status_code == HTTPStatus.NOT_FOUND
        assert keeper.post(page, {}).status_code == HTTPStatus.NOT_FOUND


BAD = [
    ({"area": "0"}, "0보다 큰 수를"),
    ({"area": "열"}, "「열」을(를) 수로 읽을 수 없습니다."),
    ({"area": "1,6"}, "「1,6」의 쉼표가 맞지 않습니다."),
    ({"garden": ""}, "텃밭 이름을"),
    ({"garden": "a\u202eb"}, "보이지 않거나"),
    ({"number": "-1"}, "1부터 시작하는"),
    ({"activity": "x"}, ""),
    ({"dong": "999999"}, ""),
]


@pytest.mark.parametrize(("typed", "sentence"), BAD)
def test_bad_input_gets_its_sentence(
    keeper: Client, garden: Activity, typed: dict[str, str], sentence: str
) -> None:
    answer = keeper.post(PLOT_ADD, plot_values(garden, **typed))
    assert answer.status_code == HTTPStatus.OK
    assert sentence in messages_of(answer)
    assert not Plot.objects.exists()


def test_a_plots_number_is_unique_in_its_garden(keeper: Client, garden: Activity) -> None:
    keeper.post(PLOT_ADD, plot_values(garden))
    assert "같은 번호의 구좌가" in messages_of(keeper.post(PLOT_ADD, plot_values(garden)))
    keeper.post(PLOT_ADD, plot_values(garden, number=4))
    second = Plot.objects.get(number=4)
    page = reverse("registers:plot", args=[second.pk])
    assert "같은 번호의 구좌가" in messages_of(keeper.post(page, plot_values(garden, number=3)))


def test_the_second_to_save_sees_both_versions(keeper: Client, garden: Activity) -> None:
    keeper.post(PLOT_ADD, plot_values(garden))
    page = reverse("registers:plot", args=[Plot.objects.get().pk])
    keeper.post(page, plot_values(garden, area="20"))
    answer = keeper.post(page, plot_values(garden, area="30"))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert ("면적(㎡)", 20) in answer.context["facts"]
    keeper.post(page, plot_values(garden, area="30", version=1))
    assert Plot.objects.get().area == 30


@pytest.mark.django_db(transaction=True)
def test_the_same_plot_registered_twice_at_once_is_added_once(client: Client) -> None:
    garden = recordable(kind="plot")
    officer = officer_of(garden)

    def post() -> int:
        desk = Client()
        desk.force_login(officer)
        return desk.post(PLOT_ADD, plot_values(garden)).status_code

    answers = together(post, post)
    assert sorted(answers) == [HTTPStatus.OK, HTTPStatus.FOUND]
    assert Plot.objects.count() == 1


def test_nobody_adds_a_plot_for_another_department_or_kind(
    keeper: Client, garden: Activity
) -> None:
    other = recordable(year=2020, kind="plot", department=DepartmentFactory())
    keeper.post(PLOT_ADD, plot_values(other))
    assert not Plot.objects.exists()
    plain = recordable(year=2019, department=garden.department)
    assert keeper.post(PLOT_ADD, plot_values(plain)).status_code == HTTPStatus.OK
    assert not Plot.objects.exists()


def test_only_who_records_for_its_activity_writes_a_row(garden: Activity) -> None:
    """Whoever owns another garden does not."""
    neighbour = officer_of(recordable(year=2020, kind="plot"))
    dong = Dong.objects.first()
    plot = Plot(activity=garden, garden="예시 텃밭", number=3, dong=dong, area=16)

    with pytest.raises(RefusedError, match="적을 권한이"), undone():
        add_row(row=plot, by=neighbour)
    assert not Plot.objects.exists()
    add_row(row=plot, by=officer_of(garden))
    with pytest.raises(RefusedError, match="고칠 권한이"), undone():
        change_row(row=plot, values={"number": 4}, version=0, by=neighbour)
    assert Plot.objects.get().number == 3


def test_residents_read_of_a_performance_until_it_is_cancelled(
    client: Client, stage: Activity
) -> None:
    # Not a day later: on December 31 that would be in the next year, which has no plan.
    moment = timezone.now() + timedelta(minutes=1)
    desk = Client()
    desk.force_login(officer_of(stage))
    pillar = stage.initiative.goal.pillar.get_absolute_url()
    assert "지금 정해진 공연이 없습니다" in client.get(pillar).content.decode()

    desk.post(SHOW_ADD, show_values(stage, moment))
    show = Show.objects.get()
    assert "예시 공연" in client.get(pillar).content.decode()
    assert "예시 공연" in desk.get(SHOWS).content.decode()

    page = reverse("registers:show", args=[show.pk])
    today = f"{timezone.localdate():%Y-%m-%d}"
    desk.post(page, show_values(stage, moment, cancelled_on=today))
    assert "예시 공연" not in client.get(pillar).content.decode()


@pytest.mark.django_db(transaction=True)
def test_changes_of_the_register_raise_the_public_state() -> None:
    stage = recordable(record_kind="performance")
    moment = datetime(2021, 5, 1, 10, tzinfo=UTC)
    before = public_state()
    show = Show.objects.create(activity=stage, title="예시", place="예시", starts_at=moment)
    assert public_state() == before + 1
    show.delete()
    assert public_state() == before + 2


def test_a_performance_is_in_its_plans_year(client: Client, stage: Activity) -> None:
    client.force_login(officer_of(stage))
    moment = timezone.now() - timedelta(days=400)
    answer = client.post(SHOW_ADD, show_values(stage, moment))
    assert f"{stage.plan.year}년의 날을 적으세요" in messages_of(answer)
    answer = client.post(SHOW_ADD, show_values(stage, moment, starts_at_1="25:99"))
    assert "19:30처럼" in messages_of(answer)
    assert not Show.objects.exists()


@pytest.mark.parametrize("size", [1, 3])
def test_the_registers_cost_the_same_for_any_length(
    client: Client,
    garden: Activity,
    stage: Activity,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    client.force_login(officer_of(garden))
    dong = Dong.objects.first()
    for n in range(1, size + 1):
        Plot.objects.create(activity=garden, garden="예시", number=n, dong=dong, area=n)
        Show.objects.create(activity=stage, title=f"{n}", place="예시", starts_at=timezone.now())
    for url in (PLOTS, SHOWS):
        client.get(url)
        with django_assert_num_queries(8):
            client.get(url)


@pytest.mark.django_db(transaction=True)
def test_a_plot_that_moves_to_another_dong_meanwhile_is_shown_as_it_is_now() -> None:
    garden = recordable(kind="plot")
    keeper = officer_of(garden)
    first, second = Dong.objects.all()[:2]
    plot = Plot.objects.create(activity=garden, garden="예시 텃밭", number=3, dong=first, area=16)

    answer = while_uncommitted(
        lambda: change_row(row=plot, values={"dong": second}, version=0, by=keeper),
        lambda: change_row(row=plot, values={"number": 4}, version=0, by=keeper),
    )

    assert isinstance(answer, OutdatedError)
    assert (answer.row.dong, answer.row.number) == (second, 3)
