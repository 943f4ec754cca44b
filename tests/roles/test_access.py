"""Requests to every route. A route that is not listed as public refuses anonymous visitors."""

from collections import defaultdict
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gwonseon.office.models import User
from tests.factories.office import UserFactory
from tests.roles.addresses import FILLINGS, Route, address, addresses, routes
from tests.roles.conftest import Numbers, SignIn, read
from tests.transactions import undone

# Public routes by name, with the status of an anonymous GET.
PUBLIC = {
    "health": 200,
    "too_large": 413,
    "public:home": 200,
    "public:guide": 200,
    "public:privacy": 200,
    "public:credits": 200,
    "public:year": 200,
    "public:document": 200,
    "public:search": 200,
    "public:pillar": 200,
    "public:initiative": 200,
    "public:activity": 200,
    "public:progress": 200,
    "public:progress_file": 200,
    "public:activity_progress": 200,
    "public:changes": 200,
    "public:changes_feed": 200,
    "public:change": 200,
    "public:periods": 200,
    "public:period": 200,
    "public:period_file": 200,
    "public:period_report": 200,
    "public:plan_file": 200,
    "public:period_version": 200,
    "public:period_version_file": 200,
    **{
        f"opendata:{name}": 200
        for name in (
            *("index", "table", "csv", "json", "schema", "archive", "catalog", "openapi"),
            *("feed", "calendar"),
        )
    },
    "sent_notices:notices": 200,
    "sent_notices:feed": 200,
    "sent_notices:notice": 200,
    "calendars:feed": 200,
    "reminders_public:mute": 200,
    "residents:number": 200,
    "residents:code": 302,
    "residents:leave": 405,
    "residents:copy": 302,
    "residents:stop": 302,
    "residents:stop_by_link": 200,
    "residents:stopped": 200,
    "subscriptions:home": 302,
    "subscriptions:choose": 302,
    "office:sign_in": 200,
    "office:sign_out": 405,
    "krds:display": 405,
    "krds:icon": 302,
}


@pytest.fixture
def there(seeded: None, numbers: Numbers) -> dict[Route, str]:
    """Return an address of every route; all rows of the addresses exist."""
    return addresses(numbers)


def asked(client: Client, url: str, **sent: str) -> HttpResponse:
    """Return the response of an address to GET, or to POST where GET is not allowed."""
    answer = read(client, url)
    if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        answer = client.post(url, sent)
    return answer


def leads_to_sign_in(answer: HttpResponse) -> bool:
    """Return whether a response redirects to the sign-in, or says in JSON that it is needed."""
    location = answer.headers.get("Location", "")
    # Other pages of the admin redirect to these, which redirect to the sign-in.
    before = {"/admin/", reverse("office:password")}
    doors = ("/admin/login/", reverse("office:sign_in"))
    is_refused = answer.status_code == HTTPStatus.UNAUTHORIZED
    return is_refused or location in before or location.startswith(doors)


def test_every_listed_route_exists(there: dict[Route, str]) -> None:
    assert set(PUBLIC) | set(FILLINGS) <= {route.name for route in there}


def test_every_row_is_seen_by_somebody(
    there: dict[Route, str], numbers: Numbers, client: Client, author: User, sign_in: SignIn
) -> None:
    """If no user found a row, the tests of refusals would prove nothing."""
    sent = {"version": "0", "shift": "up:activity:{draft}".format_map(numbers)}

    def found(url: str) -> bool:
        with undone():
            return asked(client, url, **sent).status_code not in {403, 404}

    unseen = {route.name: url for route, url in there.items() if route.parts}
    unseen = {name: url for name, url in unseen.items() if not name.startswith("admin:")}
    for column in ("author", "officer", "head", "admin"):
        if column == "author":
            client.force_login(author)
        else:
            sign_in(client, column)
        unseen = {name: url for name, url in unseen.items() if not found(url)}
    assert unseen == {}


def test_an_anonymous_visitor_opens_only_public_routes(
    there: dict[Route, str], client: Client
) -> None:
    """Only residents' pages are open to anonymous visitors, by any method."""
    shown, let_in = {}, {}
    for route, url in there.items():
        if route.name in PUBLIC:
            shown[route.name] = client.get(url).status_code
            continue
        answers = [client.get(url), client.post(url)]
        taken = [one for one in answers if one.status_code != HTTPStatus.METHOD_NOT_ALLOWED]
        if not taken or not all(map(leads_to_sign_in, taken)):
            let_in[url] = [one.status_code for one in answers]

    assert shown == PUBLIC
    assert let_in == {}


@pytest.mark.parametrize("url", ["/admin/login/", "/admin/password_change/", "/admin/x"])
def test_the_admins_other_login_pages_redirect_to_the_sign_in(
    db: None, client: Client, url: str
) -> None:
    assert leads_to_sign_in(client.get(url))


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_anonymous_visitor_signs_in_before_any_row_is_looked_up(
    db: None, client: Client, method: str
) -> None:
    """No row exists here: a 404 instead of a redirect means that the row was looked up first."""
    let_in = {}
    for route in routes():
        if not route.name.startswith("admin:") and route.name not in PUBLIC:
            url = address(route, defaultdict(lambda: 1, parked=uuid4()))
            answer = getattr(client, method)(url)
            if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED and not leads_to_sign_in(answer):
                let_in[url] = answer.status_code

    assert let_in == {}


@pytest.mark.parametrize("column", ["no role", "reader", "officer", "head", "safety", "welfare"])
def test_the_admin_refuses_other_roles(
    there: dict[Route, str], client: Client, sign_in: SignIn, column: str
) -> None:
    sign_in(client, column)
    inside = [url for url in there.values() if url.startswith("/admin/")]

    assert inside
    assert [url for url in inside if not leads_to_sign_in(asked(client, url))] == []


ADMIN_LISTS = [
    ("/admin/plans/plan/", "plans.view_plan"),
    ("/admin/plans/pillar/", "plans.view_pillar"),
    ("/admin/safety/goal/", "safety.view_goal"),
    ("/admin/safety/initiative/", "safety.view_initiative"),
    ("/admin/safety/activity/", "safety.view_activity"),
    ("/admin/welfare/activity/", "welfare.view_activity"),
    ("/admin/civic/activity/", "civic.view_activity"),
    ("/admin/culture/activity/", "culture.view_activity"),
    ("/admin/office/department/", "office.view_department"),
    ("/admin/office/dong/", "office.view_dong"),
    ("/admin/office/district/", "office.view_district"),
]


@pytest.mark.parametrize(("url", "permission"), ADMIN_LISTS)
def test_the_admin_shows_what_a_permission_allows(
    seeded: None, client: Client, url: str, permission: str
) -> None:
    staff = UserFactory(is_staff=True)
    client.force_login(staff)
    assert client.get(url).status_code == 403

    app, codename = permission.split(".")
    staff.user_permissions.add(
        Permission.objects.get(content_type__app_label=app, codename=codename)
    )
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("url", ["/admin/", "/admin/safety/activity/", "/admin/office/department/"])
def test_the_admin_is_for_staff(seeded: None, client: Client, url: str) -> None:
    client.force_login(UserFactory(is_staff=False))

    assert client.get(url).status_code == 302


@pytest.mark.parametrize("action", ["add/", "1/delete/"])
@pytest.mark.parametrize("model", ["plans/plan", "plans/pillar", "safety/activity"])
def test_nobody_edits_the_tree_in_the_admin(
    seeded: None, client: Client, model: str, action: str
) -> None:
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    response = client.post(f"/admin/{model}/{action}", {"title": "x"})
    assert response.status_code in {302, 403}
    assert response.status_code == 403 or response.url == "/admin/"


@pytest.mark.parametrize(("url", "_permission"), ADMIN_LISTS)
def test_an_administrator_opens_every_list_and_row(
    seeded: None, client: Client, url: str, _permission: str
) -> None:
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = client.get(url, {"q": "순찰"})
    assert page.status_code in {200, 302}
    for row in client.get(url).context["cl"].result_list[:2]:
        assert client.get(f"{url}{row.pk}/change/").status_code == 200
