from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.test import Client

from gwonseon.office.models import Dong, User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER, READER
from gwonseon.refusals import RefusedError
from plans.editing.reviews.actions import decide_review, request_review, review_stamp
from plans.editing.reviews.models import Review
from plans.tree.models import Activity, ActivityDong, ActivitySupporter, Initiative
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish
from tests.plans.editing.forms import address, typed
from tests.plans.together import together

pytestmark = pytest.mark.django_db


# A key that no sequence reaches, so that rows of different tables can share it.
KEY = 9_000_000_000


@pytest.fixture
def initiative() -> Initiative:
    department = DepartmentFactory()
    activity = ActivityFactory(initiative__pk=KEY, initiative__department=department)
    return Initiative.objects.get(pk=activity.initiative_id)


@pytest.fixture
def officer(initiative: Initiative) -> User:
    return staff(EDITOR, department=initiative.department)


@pytest.fixture
def head(initiative: Initiative) -> User:
    return staff(HEAD, department=initiative.department)


def url(initiative: Initiative, name: str = "") -> str:
    return f"/staff/plans/{initiative.plan.year}/initiative/{initiative.pk}/review/{name}"


def state(initiative: Initiative) -> str:
    return initiative.reviews.first().state


def test_a_review_is_returned_corrected_and_approved(
    client: Client, initiative: Initiative, officer: User, head: User
) -> None:
    client.force_login(officer)
    client.post(url(initiative, "request/"))
    assert client.get(url(initiative)).context["form"] is None

    client.force_login(head)
    data = typed(client, url(initiative))
    bare = client.post(url(initiative), data | {"return": "1"})
    assert "무엇을 고쳐야 하는지" in bare.content.decode()
    client.post(url(initiative), data | {"return": "1", "note": "목표를 적어 주세요."})
    assert state(initiative) == Review.State.RETURNED

    client.force_login(officer)
    assert "목표를 적어 주세요." in client.get(url(initiative)).content.decode()
    client.post(url(initiative, "request/"))

    client.force_login(head)
    client.post(url(initiative), typed(client, url(initiative)) | {"apply": "1"})
    assert state(initiative) == Review.State.APPROVED
    assert initiative.reviews.count() == 2
    client.force_login(officer)
    assert client.get("/staff/").context["tasks"] == []
    Activity.objects.update(text="또 씀")
    page = client.get("/staff/", {"person": "", "year": initiative.plan.year}).context["page"]
    assert {row["state"] for row in page} == {"writing"}


def test_a_change_after_the_approval_cancels_it(
    client: Client, initiative: Initiative, officer: User, head: User
) -> None:
    request_review(initiative=initiative, by=officer)
    decide_review(
        initiative=initiative, approved=True, note="", seen=review_stamp(initiative), by=head
    )
    activity = Activity.objects.get()
    client.force_login(officer)

    client.post(address(activity), typed(client, address(activity), text="더 씀"))

    assert state(initiative) == Review.State.LAPSED


@pytest.mark.parametrize(
    ("change", "lapses"),
    [
        (lambda _: Activity.objects.update(title="다른 말"), True),
        (lambda one: Activity.objects.update(initiative=InitiativeFactory(goal=one.goal)), True),
        (lambda one: ActivityFactory(initiative=one), True),
        (lambda _: Activity.objects.get().dongs.add(Dong.objects.first()), True),
        (lambda _: Initiative.objects.update(weight=2), True),
        (lambda _: Activity.objects.update(position=9, version=9), False),
        (lambda _: Activity.objects.update(person=UserFactory(), phone="1"), False),
        (lambda _: ActivityFactory(), False),
    ],
)
def test_any_change_of_reviewed_content_cancels_the_approval(
    initiative: Initiative,
    officer: User,
    head: User,
    change: Callable[[Initiative], object],
    lapses: bool,
) -> None:
    request_review(initiative=initiative, by=officer)
    decide_review(
        initiative=initiative, approved=True, note="", seen=review_stamp(initiative), by=head
    )

    change(initiative)

    assert (state(initiative) == Review.State.LAPSED) is lapses


@pytest.fixture
def approved(initiative: Initiative, officer: User, head: User) -> Initiative:
    request_review(initiative=initiative, by=officer)
    decide_review(
        initiative=initiative, approved=True, note="", seen=review_stamp(initiative), by=head
    )
    return initiative


@pytest.fixture
def twin(approved: Initiative) -> Activity:
    """Return an activity of another plan; it and its links have the approved initiative's key."""
    twin = ActivityFactory(pk=KEY)
    assert twin.plan != approved.plan
    ActivityDong.objects.create(pk=KEY, activity=twin, dong=Dong.objects.first())
    ActivitySupporter.objects.create(pk=KEY, activity=twin, department=DepartmentFactory())
    return twin


@pytest.mark.parametrize(
    "change",
    [
        lambda twin: twin.dongs.add(Dong.objects.last()),
        lambda twin: twin.dongs.clear(),
        lambda _: ActivityDong.objects.update(dong=Dong.objects.last()),
        lambda twin: twin.supporters.add(DepartmentFactory()),
        lambda twin: twin.supporters.clear(),
        lambda _: ActivitySupporter.objects.update(department=DepartmentFactory()),
        lambda twin: Activity.objects.filter(pk=twin.pk).update(title="다른 말"),
        lambda twin: twin.delete(),
        lambda twin: ActivityFactory(initiative=twin.initiative),
        lambda twin: Initiative.objects.filter(pk=twin.initiative_id).update(weight=2),
    ],
)
def test_a_change_of_another_row_with_the_same_key_cancels_nothing(
    approved: Initiative, twin: Activity, change: Callable[[Activity], object]
) -> None:
    change(twin)

    assert state(approved) == Review.State.APPROVED


@pytest.mark.parametrize("link", [ActivityDong, ActivitySupporter])
@pytest.mark.parametrize("where", ["from", "to"])
def test_moving_a_link_cancels_the_approval_on_both_sides(
    initiative: Initiative, officer: User, head: User, link: type[Model], where: str
) -> None:
    own, other = Activity.objects.get(), ActivityFactory()
    target = Dong.objects.first() if link is ActivityDong else DepartmentFactory()
    name = "dong" if link is ActivityDong else "department"
    before, after = (own, other) if where == "from" else (other, own)
    link.objects.create(activity=before, **{name: target})
    request_review(initiative=initiative, by=officer)
    decide_review(
        initiative=initiative, approved=True, note="", seen=review_stamp(initiative), by=head
    )

    link.objects.update(activity=after)

    assert state(initiative) == Review.State.LAPSED


def test_replacing_a_link_cancels_the_approval(
    initiative: Initiative, officer: User, head: User
) -> None:
    Activity.objects.get().dongs.add(Dong.objects.first())
    request_review(initiative=initiative, by=officer)
    decide_review(
        initiative=initiative, approved=True, note="", seen=review_stamp(initiative), by=head
    )

    ActivityDong.objects.update(dong=Dong.objects.last())

    assert state(initiative) == Review.State.LAPSED


def test_a_draft_changed_during_the_review_is_not_approved(
    initiative: Initiative, officer: User, head: User
) -> None:
    request_review(initiative=initiative, by=officer)
    seen = review_stamp(initiative)
    Activity.objects.update(version=2)

    with pytest.raises(RefusedError, match="다시 읽고"):
        decide_review(initiative=initiative, approved=True, note="", seen=seen, by=head)

    assert state(initiative) == Review.State.REQUESTED


def test_nobody_reviews_their_own_request(initiative: Initiative, head: User) -> None:
    request_review(initiative=initiative, by=head)
    seen = review_stamp(initiative)
    with pytest.raises(RefusedError, match="다른 사람이"):
        decide_review(initiative=initiative, approved=True, note="", seen=seen, by=head)
    with pytest.raises(IntegrityError, match="review_decided_by_another"), transaction.atomic():
        Review.objects.update(state="approved", decided_by=head, decided_at="2031-01-01T00:00Z")


@pytest.mark.parametrize("role", [READER, EDITOR])
def test_other_roles_cannot_decide(initiative: Initiative, officer: User, role: object) -> None:
    request_review(initiative=initiative, by=officer)
    other = staff(role, department=initiative.department)
    seen = review_stamp(initiative)
    with pytest.raises(RefusedError, match="권한이 없습니다"):
        decide_review(initiative=initiative, approved=True, note="", seen=seen, by=other)


def test_a_second_request_and_a_strangers_request_are_refused(
    initiative: Initiative, officer: User
) -> None:
    with pytest.raises(RefusedError, match="권한"):
        request_review(initiative=initiative, by=staff(EDITOR, department=DepartmentFactory()))
    request_review(initiative=initiative, by=officer)
    with pytest.raises(RefusedError, match="이미"):
        request_review(initiative=initiative, by=officer)


def test_a_published_plan_has_no_reviews(
    client: Client, initiative: Initiative, officer: User
) -> None:
    publish(initiative.plan)
    client.force_login(officer)
    assert client.get(url(initiative)).status_code == 404
    assert client.post(url(initiative, "request/")).status_code == 404


def test_publishing_lists_unreviewed_initiatives(
    client: Client, initiative: Initiative, officer: User, head: User
) -> None:
    client.force_login(staff(PLANNER))
    page = f"/staff/plans/{initiative.plan.year}/publish/"
    assert "검토를 마치지 않았습니다" in client.get(page).content.decode()

    request_review(initiative=initiative, by=officer)
    decide_review(
        initiative=initiative, approved=True, note="", seen=review_stamp(initiative), by=head
    )

    assert "검토를 마치지 않았습니다" not in client.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_one_of_two_decisions_wins(initiative: Initiative, officer: User, head: User) -> None:
    other = staff(PLANNER)
    for _round in range(5):
        request_review(initiative=initiative, by=officer)
        seen = review_stamp(initiative)
        results = together(
            *(
                lambda by=by, seen=seen: decide_review(
                    initiative=initiative, approved=False, note="-", seen=seen, by=by
                )
                for by in (head, other)
            )
        )
        assert {type(one) for one in results} == {Review, RefusedError}
