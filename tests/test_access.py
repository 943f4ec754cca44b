"""Who may see what: every route, walked. A route not listed as public refuses a stranger."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.office import UserFactory

# Name and what a stranger gets with GET.
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
    "public:change": 404,  # nothing of the 2021 plan was amended
    "office:sign_in": 200,
    "office:sign_out": 405,
    "krds:display": 405,
}
VALUES = {
    "<year:year>": "2021",
    "pillar/<title:slug>": "pillar/safety",
    "initiative/<title:slug>": "initiative/crime-patrol",
    "activity/<title:slug>": "activity/joint-patrol",
    "<int:year>": "2021",
    "<slug:level>": "activity",
    "<slug:code>": "safety",
    "<int:pk>": "1",
    "<int:key>": "1",
    "<int:month>": "1",
    "<int:number>": "1",
    "<int:change>": "1",
    "<path:object_id>": "1",
    "<int:content_type_id>": "1",
    "<path:content_type_id>": "1",
    "<id>": "1",
}


def routes(resolver: URLResolver, space: str = "", path: str = "/") -> Iterator[tuple[str, str]]:
    """Yield every route's name and an address of it."""
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(
                entry, f"{space}{entry.namespace}:" if entry.namespace else space, here
            )
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", address(here)


def address(pattern: str) -> str:
    for part, value in VALUES.items():
        pattern = pattern.replace(part, value)
    # The admin's own: a list of its apps, and what is left over.
    apps = re.sub(r"\^?\(\?P<app_label>[^)]*\)/\$", "safety/", pattern)
    return apps.replace("(?P<url>.*)$", "x")


ROUTES = sorted(set(routes(get_resolver())))


@pytest.fixture
def seeded(db: None) -> None:
    call_command("seed")


def test_every_public_route_is_there() -> None:
    assert set(PUBLIC) <= {name for name, _address in ROUTES}


@pytest.mark.parametrize(("name", "url"), ROUTES)
def test_a_stranger(seeded: None, client: Client, name: str, url: str) -> None:
    response = client.get(url)

    if name in PUBLIC:
        assert response.status_code == PUBLIC[name], url
    else:
        assert refused(response.status_code, response.headers.get("Location", "")), url


def refused(status: int, location: str) -> bool:
    """Return whether an answer shows nothing: an error, or the way to the sign-in."""
    # The admin's own password page leads to ours, which refuses strangers itself.
    ours = {"/admin/", reverse("office:password")}
    to_sign_in = location in ours or "/sign-in/" in location or "/admin/login/" in location
    return status in {403, 404, 405} or (status in {301, 302} and to_sign_in)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_signs_in_before_anything_is_looked_up(
    db: None, client: Client, method: str
) -> None:
    """Nothing is there: whoever is not sent to the sign-in was let in as far as the row."""
    let_in = {}
    for name, url in ROUTES:
        if url.startswith("/staff/") and name not in PUBLIC:
            answer = getattr(client, method)(url)
            to_sign_in = answer.headers.get("Location", "").startswith(reverse("office:sign_in"))
            if answer.status_code not in {401, 405} and not to_sign_in:
                let_in[name] = answer.status_code

    assert let_in == {}


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
def test_the_admin_shows_what_one_may_view(
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
def test_nobody_writes_the_tree_in_the_admin(
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
