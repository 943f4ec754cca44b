"""Which gateways a portal starts with, and what is said of the others."""

import os
import subprocess
import sys

import pytest
from pytest_django import Settings

from gwonseon.messaging.checks import check_gateways
from gwonseon.messaging.gateways.registry import (
    GATEWAYS,
    available,
    default_gateway,
    gateway,
    known_gateways,
)
from gwonseon.refusals import RefusedError
from tests.test_commands import manage


@pytest.fixture(autouse=True)
def real_portal(settings: Settings) -> None:
    settings.DEBUG = settings.DEMO = False
    settings.SMS_GATEWAY = settings.SMS_STANDBY = ""
    settings.BIZGO_API_KEY = settings.SOLAPI_KEY = settings.SOLAPI_SECRET = "example"


def codes() -> list[str]:
    return [str(fault.id).removeprefix("messaging.") for fault in check_gateways(None)]


def test_a_portal_without_a_gateway_starts() -> None:
    assert codes() == []
    assert available() == []


def test_who_wants_to_send_without_a_gateway_is_told_in_a_sentence() -> None:
    with pytest.raises(RefusedError, match="문자 중계사가 정해지지 않아"):
        default_gateway()


@pytest.mark.parametrize("name", ["bizgo", "solapi"])
def test_a_real_portal_starts_with_a_real_gateway(settings: Settings, name: str) -> None:
    settings.SMS_GATEWAY = name

    assert codes() == []
    assert default_gateway() == name


@pytest.mark.parametrize("flag", ["DEMO", "DEBUG"])
def test_a_portal_to_try_starts_with_the_file_gateway_only(settings: Settings, flag: str) -> None:
    setattr(settings, flag, True)
    settings.SMS_GATEWAY = "file"
    assert codes() == []

    settings.SMS_GATEWAY, settings.SMS_STANDBY = "bizgo", "solapi"
    assert codes() == ["E003", "E003"]


def test_a_real_portal_does_not_start_with_the_file_gateway(settings: Settings) -> None:
    settings.SMS_GATEWAY, settings.SMS_STANDBY = "bizgo", "file"

    assert codes() == ["E002"]


def test_an_unknown_gateway_is_named(settings: Settings) -> None:
    settings.SMS_GATEWAY = "pigeon"

    (fault,) = check_gateways(None)
    assert "pigeon" in fault.msg
    assert "bizgo, solapi" in fault.msg


def test_a_gateway_of_an_office_s_own_is_real(settings: Settings) -> None:
    settings.SMS_GATEWAY = "gwonseon.messaging.gateways.bizgo.BizgoGateway"
    assert codes() == []

    settings.DEMO = True
    assert codes() == ["E003"]


def test_a_portal_can_send_through_what_it_has_keys_for(settings: Settings) -> None:
    assert known_gateways() == ["bizgo", "solapi"]

    settings.SOLAPI_KEY = ""
    assert known_gateways() == ["bizgo"]

    settings.DEMO = True
    assert known_gateways() == ["file"]


def test_missing_keys_are_named(settings: Settings) -> None:
    settings.SMS_GATEWAY, settings.SMS_STANDBY = "bizgo", "solapi"
    settings.BIZGO_API_KEY = settings.SOLAPI_SECRET = ""

    assert [fault.msg.split(". ")[1].split("에")[0] for fault in check_gateways(None)] == [
        "BIZGO_API_KEY",
        "SOLAPI_SECRET",
    ]


def test_a_standby_is_another_gateway(settings: Settings) -> None:
    settings.SMS_STANDBY = "bizgo"
    assert codes() == ["E005"]

    settings.SMS_GATEWAY = "bizgo"
    assert codes() == ["E006"]


def test_a_worker_does_not_start_with_bad_settings() -> None:
    done = subprocess.run(
        (sys.executable, "-m", "celery", "--app", "gwonseon", "worker", "--pool", "solo"),
        env=os.environ | {"DEMO": "0", "SMS_GATEWAY": "file"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode
    assert "중계사 file은 문자를 보내지 않습니다" in done.stderr


@pytest.mark.parametrize("name", GATEWAYS)
def test_a_gateway_is_found_by_its_name(name: str) -> None:
    assert gateway(name).name == name
    assert gateway(name) is gateway(name)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BIZGO_URL", "http://gateway.example"),
        ("BIZGO_URL", "gateway.example"),
        ("SOLAPI_URL", "https://name:word@gateway.example"),
        ("SOLAPI_URL", "https://gateway.example:port"),
        ("SOLAPI_URL", "https://gateway.example/?a=b"),
    ],
)
def test_an_address_that_keys_must_not_be_sent_to_stops_the_start(
    variable: str, value: str
) -> None:
    done = manage("check", **{variable: value})

    assert done.returncode == 2
    assert f"{variable}=https://" in done.stderr


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DEMO": "1", "SMS_GATEWAY": ""}, ""),
        ({"DEMO": "0", "SMS_GATEWAY": ""}, ""),
        ({"DEMO": "1", "SMS_GATEWAY": "bizgo", "BIZGO_API_KEY": "example"}, "E003"),
        ({"DEMO": "0", "SMS_GATEWAY": "file"}, "E002"),
    ],
)
def test_the_checks_are_django_s(variables: dict[str, str], said: str) -> None:
    done = manage("check", **variables)

    assert (done.returncode == 0) == (not said)
    assert said in done.stderr
