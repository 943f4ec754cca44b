"""Logs and reports of errors, without what people typed.

The text of an error may hold anything: a number, a code, a whole row of a table (PostgreSQL's
DETAIL). So tracebacks name each error's type, and reports name the types of local variables
instead of their values.
"""

import errno
import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from types import FrameType, TracebackType
from typing import Any

import psycopg2
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.http import HttpRequest, HttpResponse
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

# The text of these is of names in the code, or a sentence for who runs the portal.
SAID = (
    AttributeError,
    ImportError,
    ModuleNotFoundError,
    NameError,
    UnboundLocalError,
    CommandError,
    ImproperlyConfigured,
)
# What PostgreSQL says of an error without values: its code, and the names in the schema.
FACTS = ("sqlstate", "table_name", "column_name", "constraint_name")
# A shorter text of an error could stand anywhere in a message by chance.
SHORTEST_TEXT = 4
HIDDEN = "···"
# How gunicorn begins to tell of a request that it cannot read, with a part of it.
UNREADABLE = "Invalid request from"
SEARCH_WORDS = re.compile(r"(?<=\S)\?\S*")
# Addresses that are a secret as a whole: who knows one reads a calendar.
SECRET_ADDRESSES = re.compile(r"(?<=/calendar/)[^\s?\"']+")


def words_of(error: BaseException) -> str:
    """Return the type of an error, and details that contain nothing that users typed."""
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    facts = facts_of_error(error)
    return f"{name}: {facts}" if facts else name


def facts_of_error(error: BaseException) -> str:
    """Return what else than its type may be told of an error; empty if there is nothing."""
    match error:
        case _ if type(error) in SAID:
            return str(error)
        case OSError():
            return errno.errorcode.get(error.errno, "")
        case psycopg2.OperationalError(pgcode=None):
            # No server said it: the client tells why it could not connect.
            return str(error).strip()
        case psycopg2.Error():
            return " ".join(filter(None, (getattr(error.diag, fact) for fact in FACTS)))
    return ""


def chain_of(error: BaseException | None) -> list[BaseException]:
    """Return an error and those before it that Python's traceback shows, the last one first."""
    chain: list[BaseException] = []
    while error is not None and not any(error is one for one in chain):
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain


def traceback_of(error: BaseException) -> str:
    """Return the traceback of an error and of those before it, with `words_of` each."""
    parts = [
        "Traceback (most recent call last):\n"
        f"{''.join(traceback.format_tb(one.__traceback__))}{words_of(one)}"
        for one in reversed(chain_of(error))
    ]
    return "\n\nThen another error occurred:\n\n".join(parts)


def show_uncaught(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """Print the traceback of an error that ends the program; for `sys.excepthook`."""
    sys.stderr.write(f"{traceback_of(error)}\n")


class LineFormatter(logging.Formatter):
    """Formats log records; errors in them are told by `words_of`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, and the traceback of its error."""
        # A copy without `exc_text`: another formatter may have left the whole traceback there.
        own = logging.makeLogRecord(vars(record) | {"exc_text": None})
        own.msg, own.args = message_of(record), None
        return super().format(own)

    def formatException(self, ei: Any) -> str:  # noqa: N802  logging's own name
        """Return the traceback of an error."""
        return traceback_of(ei[1])


def message_of(record: logging.LogRecord) -> str:
    """Return a record's message with `words_of` its errors in place of their own text."""
    errors = chain_of(record.exc_info[1]) if record.exc_info else []
    own = logging.makeLogRecord(vars(record) | {"args": safe_arguments(record.args)})
    message = own.getMessage()
    for error in errors:
        for text in (repr(error), str(error)):
            if len(text) >= SHORTEST_TEXT and type(error) not in SAID:
                message = message.replace(text, words_of(error))
    return SECRET_ADDRESSES.sub(HIDDEN, message)


def safe_arguments(arguments: Any) -> Any:
    """Return a record's arguments with `words_of` each error."""
    if isinstance(arguments, Mapping):
        # Celery's key for the text of an error.
        hidden = {"exc": HIDDEN} if "exc" in arguments else {}
        return {key: safe_argument(one) for key, one in arguments.items()} | hidden
    if isinstance(arguments, tuple):
        return tuple(map(safe_argument, arguments))
    return arguments


def safe_argument(argument: Any) -> Any:
    """Return `words_of` an error, and anything else as it is."""
    return words_of(argument) if isinstance(argument, BaseException) else argument


def address_is_secret(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view that hides its requests' address, so that error reports lack it."""

    @wraps(view)
    def forgetting(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        request.path = request.path_info = request.META["PATH_INFO"] = f"/{HIDDEN}"
        return view(request, *given, **named)

    return forgetting


class RequestFilter(logging.Filter):
    """Takes out of the web server's own lines what a request says, but for its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cut search words off addresses, and the words of requests that cannot be read."""
        message = record.getMessage()
        if message.startswith(UNREADABLE):
            message = message.partition(": ")[0]
        message = SECRET_ADDRESSES.sub(HIDDEN, SEARCH_WORDS.sub("", message))
        record.msg, record.args = message, None
        return True


class ReportFilter(SafeExceptionReporterFilter):
    """Hides in reports of errors what was typed, and addresses with a password."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}"
        "|QUERY_STRING|REFERER|URI|_URL$|LOCATION|USERINFO",
        re.IGNORECASE,
    )

    def is_active(self, request: HttpRequest | None) -> bool:  # noqa: ARG002
        """Return True: a demo or debug portal may have a copy of another portal's data."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        """Return the names of the posted fields, without their values."""
        return dict.fromkeys(super().get_post_parameters(request), HIDDEN)

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, str]:
        """Return the names of the cookies, without their values."""
        return dict.fromkeys(super().get_safe_cookies(request), HIDDEN)

    def get_traceback_frame_variables(
        self,
        request: HttpRequest | None,  # noqa: ARG002
        tb_frame: FrameType,
    ) -> list[tuple[str, type]]:
        """Return the names of local variables with their types."""
        return [(name, type(value)) for name, value in tb_frame.f_locals.items()]


class ErrorReport(ExceptionReporter):
    """Django's report of an error: its page while DEBUG is on, and its mail."""

    def get_traceback_data(self) -> dict[str, Any]:
        """Return what the report shows."""
        data = super().get_traceback_data()
        for name in ("request_GET_items", "request_FILES_items"):
            data[name] = [(key, HIDDEN) for key, _value in data.get(name, ())]
        address = data.get("request_insecure_uri", "").partition("?")[0]
        data |= {"request_insecure_uri": address, "unicode_hint": "", "exception_notes": ""}
        if isinstance(self.exc_value, BaseException):
            data["exception_value"] = words_of(self.exc_value)
        if self.template_info:
            data["template_info"] = self.template_info | {"message": data["exception_value"]}
        return data

    def get_exception_traceback_frames(
        self, exc_value: BaseException, tb: TracebackType | None
    ) -> Iterator[dict[str, Any]]:
        """Yield the frames of a traceback; each tells its error's cause by `words_of`."""
        for frame in super().get_exception_traceback_frames(exc_value, tb):
            cause = frame["exc_cause"]
            yield frame | {"exc_cause": cause and words_of(cause)}
