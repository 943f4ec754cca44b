"""A pytest plugin that runs the tests once as they are, then against one fault after another.

Cosmic Ray finds the faults. Each is tried in a process of its own, forked when Django, the tests
and the database are ready: there the module's functions get the faulty code, and only those tests
run that called the function before. No file is changed. A fault in a trigger's SQL is put into the
database and taken out again. What stands outside of functions is not tried, nor are decorators.
"""

import ast
import difflib
import os
import random
import signal
import sys
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from types import FrameType

import pytest
from _pytest.runner import runtestprotocol  # as other plugins use it
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

from tests.mutation.faulty import put_in, put_right
from tests.mutation.operators import OPERATORS

# How long the tests of one fault may take; a test that hangs by it gets twice as long.
LONGEST_SECONDS = 20
SURVIVED, KILLED, INVALID = 0, 1, 2
OUTCOMES = {SURVIVED: "survived", KILLED: "killed", INVALID: "invalid"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say which modules, and how long."""
    parser.addoption("--mutate", type=Path, action="append", required=True)
    parser.addoption("--seconds", type=float, required=True)


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run the tests as they are, then with each fault of the modules, in random order."""
    ends_at = time.monotonic() + session.config.getoption("seconds")
    paths: list[Path] = session.config.getoption("mutate")
    callers = run_as_it_is(session, paths)
    counts = {path: Counter() for path in paths}
    found = [fault for path in paths for fault in faults(path)]
    random.shuffle(found)
    for path, name, number, row in found:
        source = path.read_text()
        function = function_at(source, row)
        tests = callers[path, function] if function else session.items
        code = mutate_code(source, OPERATORS[name](), number)
        if time.monotonic() > ends_at or not (function or path.name == "triggers.py"):
            outcome = "not tried"
        else:
            outcome = outcome_of(tests, path, code) if tests else "never called"
        counts[path][outcome] += 1
        if outcome in {"survived", "never called"}:
            say(path, f"{name} {function}", outcome, source, code)
    for path, numbers in counts.items():
        sys.stdout.write(f"{path}: {dict(numbers)}\n")
    return True


Callers = dict[tuple[Path, str], list[pytest.Item]]


def run_as_it_is(session: pytest.Session, paths: list[Path]) -> Callers:
    """Return which tests call each function of the modules; all must pass.

    The quick ones come first. What the whole session stands on is ready then, as the database.
    """
    from django.db import connections

    files = {str(path.resolve()): path for path in paths}
    called: set[tuple[Path, str]] = set()

    def note(frame: FrameType, _event: str, _argument: object) -> None:
        if path := files.get(frame.f_code.co_filename):
            called.add((path, frame.f_code.co_qualname.partition(".")[0]))

    took: dict[pytest.Item, float] = {}
    callers: Callers = defaultdict(list)
    threading.settrace(note)
    for item, following in zip(session.items, [*session.items[1:], session.items[0]], strict=True):
        began = time.monotonic()
        sys.settrace(note)
        reports = runtestprotocol(item, log=False, nextitem=following)
        sys.settrace(None)
        took[item] = time.monotonic() - began
        if any(one.failed for one in reports):
            raise pytest.UsageError(f"변이 없이도 실패합니다: {item.nodeid}")
        for function in called:
            callers[function].append(item)
        called.clear()
    threading.settrace(None)
    connections.close_all()
    for tests in (session.items, *callers.values()):
        tests.sort(key=took.__getitem__)
    return callers


def faults(path: Path) -> list[tuple[Path, str, int, int]]:
    """Return each fault's operator, its number among the operator's, and its row."""
    nodes = list(ast_nodes(get_ast(path.read_text())))
    return [
        (path, name, number, row)
        for name, operator in OPERATORS.items()
        for number, ((row, _), _) in enumerate(
            place for node in nodes for place in operator().mutation_positions(node)
        )
    ]


def function_at(source: str, row: int) -> str:
    """Return the name of the function or class that has the row; empty for none."""
    for node in ast.parse(source).body:
        defined = isinstance(node, ast.FunctionDef | ast.ClassDef)
        if defined and node.lineno < row <= node.end_lineno:
            return node.name
    return ""


def outcome_of(tests: list[pytest.Item], path: Path, code: str) -> str:
    """Return whether any of the tests notices the faulty code, in a process of its own.

    The test that noticed the last fault comes first.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        signal.alarm(2 * LONGEST_SECONDS)
        try:
            status = run_with(tests, path, code, writer)
        except BaseException:  # noqa: BLE001  the child must not go on as the parent
            status = INVALID
        os._exit(status)
    os.close(writer)
    with os.fdopen(reader) as answer:
        failed = answer.read()
    _, ended = os.waitpid(child, 0)
    put_right(path)
    if failed:
        tests.insert(0, tests.pop(int(failed)))
    return OUTCOMES.get(os.waitstatus_to_exitcode(ended), "killed (too slow)")


def run_with(tests: list[pytest.Item], path: Path, code: str, writer: int) -> int:
    """Run the tests until one fails or the time is over; write which one it was."""
    ends_at = time.monotonic() + LONGEST_SECONDS
    put_in(path, code)
    session = tests[0].session
    session._setupstate.teardown_exact(tests[0])
    for number, (item, following) in enumerate(zip(tests, [*tests[1:], tests[0]], strict=True)):
        if any(one.failed for one in runtestprotocol(item, log=False, nextitem=following)):
            os.write(writer, str(number).encode())
            return KILLED
        if time.monotonic() > ends_at:
            break
    return SURVIVED


def say(path: Path, name: str, outcome: str, source: str, code: str) -> None:
    """Print a fault that no test noticed."""
    lines = difflib.unified_diff(
        source.splitlines(), code.splitlines(), str(path), str(path), lineterm="", n=2
    )
    sys.stdout.write(f"{outcome}: {name}\n" + "\n".join(lines) + "\n")
    sys.stdout.flush()
