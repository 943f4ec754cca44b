"""The staff's help names all roles and promised columns of the code."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from gwonseon.office.roles import roles
from tests.factories.office import UserFactory

pytestmark = pytest.mark.django_db


def test_the_help_names_every_role_and_promise(client: Client) -> None:
    client.force_login(UserFactory())

    page = client.get("/staff/guide/")

    for role in roles:
        assertContains(page, role.name)
        assertContains(page, role.about)
    assertContains(page, "담당부서, 시작일, 마감일, 재는 방법, 세는 것, 단위, 연간 목표")
    assertContains(page, "비밀번호를 5번 틀리면 15분 동안 잠깁니다.")


def test_the_menu_links_to_the_help_and_each_section_has_an_anchor(client: Client) -> None:
    client.force_login(UserFactory())
    assertContains(client.get("/staff/"), 'href="/staff/guide/"')

    text = client.get("/staff/guide/").text

    anchors = [part.split('"')[0] for part in text.split('href="#')[1:]]
    assert len(anchors) > 10
    assert [one for one in anchors if f'id="{one}"' not in text] == []
