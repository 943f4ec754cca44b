"""Logs and reports of errors tell what happened and where, and nothing of what people typed."""

import errno
import logging
import os
import subprocess
import sys
from collections.abc import Callable

import psycopg2
import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from gwonseon.error_reports import LineFormatter, RequestFilter, traceback_of, words_of

# Put together, so that no line of this file has it.
NUMBER = "010" + "00007391"


def broken(request: HttpRequest) -> HttpResponse:
    number = request.POST["number"]
    raise RuntimeError(number)


urlpatterns = [path("broken/", broken)]


def caught(fails: Callable[[], object]) -> BaseException:
    """Return the error that a function raises."""
    with pytest.raises(Exception) as error:
        fails()
    return error.value


def logged(message: str, *arguments: object, error: BaseException | None = None) -> str:
    """Return how a record is written; another formatter wrote it before."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, arguments, info)
    logging.Formatter().format(record)
    return LineFormatter("{message}", style="{").format(record)


def fail_after_another() -> None:
    try:
        int(NUMBER + "x")
    except ValueError as error:
        raise KeyError(NUMBER) from error


def test_a_traceback_has_each_error_s_type_and_place_but_not_its_text() -> None:
    shown = traceback_of(caught(fail_after_another))
    assert NUMBER not in shown
    first, last = shown.split("Then another error occurred:")
    assert first.strip().endswith("ValueError")
    assert last.endswith("\nKeyError")
    assert __file__ in first
    assert "raise KeyError(NUMBER) from error" in last


def test_errors_that_are_each_other_s_cause_end() -> None:
    one, other = ValueError(NUMBER), KeyError(NUMBER)
    one.__cause__, other.__cause__ = other, one
    assert traceback_of(one).count("Traceback") == 2


def test_the_text_that_python_writes_of_names_is_kept() -> None:
    assert words_of(caught(lambda: None.title)) == (
        "AttributeError: 'NoneType' object has no attribute 'title'"
    )


def test_why_there_is_no_connection_and_no_space_is_told() -> None:
    refused = caught(lambda: psycopg2.connect(host="/nowhere", dbname="x"))
    assert words_of(refused).startswith("psycopg2.OperationalError: connection to server on socket")
    assert words_of(OSError(errno.ENOSPC, "full", f"{NUMBER}.jpg")) == "OSError: ENOSPC"
    assert words_of(OSError(NUMBER)) == "OSError"


@pytest.mark.parametrize(
    ("message", "arguments", "kept"),
    [
        (f"Invalid request from ip=::1: Invalid HTTP method: '{NUMBER}'", (), "from ip=::1"),
        ("Error handling request %s %s", ("GET", f"/search/?q={NUMBER}"), "request GET /search/"),
        ("Booting worker with pid: %s", (1,), "Booting worker with pid: 1"),
        ('"GET /calendar/%s HTTP/1.1" 200', ("x-Y_1.ics",), '"GET /calendar/··· HTTP/1.1" 200'),
    ],
)
def test_the_web_server_s_lines_have_nothing_of_a_request_but_its_path(
    message: str, arguments: tuple, kept: str
) -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, arguments, None)
    assert RequestFilter().filter(record)
    assert record.getMessage().endswith(kept)


@pytest.mark.django_db
def test_of_a_database_s_error_code_and_names_are_told() -> None:
    def fail() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO messaging_sender (number, name, expires_on)"
                f" VALUES ('{NUMBER}x', '', now())"
            )

    error = caught(fail)
    assert isinstance(error, DatabaseError)
    assert NUMBER in str(error)
    shown = logged("failed", error=error)
    assert NUMBER not in shown
    assert "psycopg2.errors.CheckViolation: 23514 messaging_sender sender_is_digits" in shown


def test_a_message_tells_its_error_s_type() -> None:
    error = caught(fail_after_another)
    for said in (
        logged("failed: %s", error),
        logged("failed: %r", error),
        logged("failed: %(exc)s", {"exc": repr(error)}),
        logged(f"failed: {error}", error=error),
        logged(f"failed: {error!r}", error=error),
        logged(f"failed: {error.__cause__}", error=error),
    ):
        assert said.startswith("failed: ")
        assert NUMBER not in said
    assert logged("failed: %s", error) == "failed: KeyError"
    assert logged("%s of %s", 1, "two") == "1 of two"
    assert logged("100 %") == "100 %"


def test_a_message_with_a_text_that_may_be_told_tells_it_once() -> None:
    error = caught(lambda: None.title)
    line = logged(f"failed: {error}", error=error).splitlines()[0]
    assert line == "failed: 'NoneType' object has no attribute 'title'"


def test_short_texts_of_errors_leave_messages_as_they_are() -> None:
    assert logged("12 of 1234", error=ValueError("1")).startswith("12 of 1234\n")


def test_the_page_while_debug_is_on_names_variables_and_not_their_values(
    settings: settings, db: None
) -> None:
    settings.DEBUG, settings.ROOT_URLCONF = True, __name__
    settings.DATABASE_URL = "postgresql://x:open-sesame@db/x"
    client = Client(raise_request_exception=False)
    client.cookies["my"] = "open-sesame"
    page = client.post(f"/broken/?q={NUMBER}", {"number": NUMBER}).text
    assert "RuntimeError" in page
    assert "raise RuntimeError(number)" in page
    assert "&lt;class &#x27;str&#x27;&gt;" in page
    assert NUMBER not in page
    assert "open-sesame" not in page


def test_a_command_that_fails_prints_no_text_of_its_error() -> None:
    fails = f"int('{NUMBER}x')"
    done = subprocess.run(
        (sys.executable, "manage.py", "shell", "--no-imports", "--command", fails),
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback")
    assert done.stderr.endswith("\nValueError\n")
    assert NUMBER not in done.stderr


def test_the_preparation_that_fails_prints_what_may_be_told_of_its_error() -> None:
    done = subprocess.run(
        (sys.executable, "-m", "gwonseon.local.preparation"),
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": "postgresql://x@/x?host=/nowhere"},
        check=False,
    )
    first, last = done.stderr.split("Then another error occurred:")
    assert "psycopg2.OperationalError: connection to server on socket" in first
    assert last.endswith("\ndjango.db.utils.OperationalError\n")
