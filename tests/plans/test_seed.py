from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import Client

from gwonseon.office.lockout import bare_request
from gwonseon.office.models import Department, District, Dong, User
from gwonseon.office.roles import roles
from plans.tree.models import Activity, Initiative, Plan


@pytest.fixture(autouse=True)
def own_folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path


def sign_in(username: str, password: str) -> User | None:
    return authenticate(bare_request(), username=username, password=password)


def test_seed_publishes_the_2021_plan_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seed")
    call_command("seed")

    plan = Plan.objects.get()
    assert plan.is_published
    assert capsys.readouterr().out.count("2021년 계획을 불러와 공개했습니다.") == 1


def test_seed_invents_no_department(db: None) -> None:
    call_command("seed")

    assert not Department.objects.exists()
    assert not Initiative.objects.exclude(department=None).exists()
    assert not Activity.objects.exclude(department=None).exists()


def test_the_district_and_its_12_dong_are_there(db: None) -> None:
    assert District.objects.get().name == "권선구"
    assert Dong.objects.count() == 12
    assert not District.objects.get().is_official


def test_demo_staff_exist_only_where_the_setting_is_on(
    db: None, settings: LazySettings, own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("seed")
    assert not User.objects.exists()

    settings.DEMO = True
    call_command("seed")
    password = (own_folder / "demo_password").read_text()
    assert password in capsys.readouterr().out
    assert (own_folder / "demo_password").stat().st_mode & 0o777 == 0o600
    assert {user.username: user.get_full_name() for user in User.objects.all()} == {
        f"demo-{role.code}": f"예시 {role.name}" for role in roles
    }
    assert not User.objects.filter(is_superuser=True).exists()
    assert sign_in("demo-admin", password).has_perm("office.change_user")
    reader = sign_in("demo-reader", password)
    assert not reader.has_perm("office.view_user")
    assert not any("change" in permission for permission in reader.get_all_permissions())

    settings.DEMO = False
    assert sign_in("demo-admin", password) is None


def test_a_demo_session_ends_when_the_setting_is_off(
    client: Client, db: None, settings: LazySettings
) -> None:
    settings.DEMO = True
    call_command("seed")
    client.force_login(User.objects.get(username="demo-planner"))
    assert client.get("/admin/").status_code == 200

    settings.DEMO = False
    assert client.get("/admin/").status_code == 302


def test_a_lost_password_file_gives_the_demo_staff_a_new_one(
    db: None, settings: LazySettings, own_folder: Path
) -> None:
    settings.DEMO = True
    call_command("seed")
    (own_folder / "demo_password").unlink()
    call_command("seed")

    password = (own_folder / "demo_password").read_text()
    assert sign_in("demo-reader", password)
