"""What every action does: it writes all or nothing."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.db.transaction import Atomic

from gwonseon.settings import BASE_DIR

# Where actions stand under another name.
NAMED_OTHERWISE = ("plans/amendments/propose.py", "plans/amendments/decide.py")
# They write nothing themselves, or all of it within a transaction of their own; what comes before
# or after is not to be undone with it.
WITHIN = {
    "apply_amendment": "refuses first, then begins",
    "add_record": "add_records writes",
    "add_records": "post_records writes",
    "check_document": "it only reads",
    "begin_plan": "one row, within `refusing`",
    "copy_plan": "all rows within `refusing`",
    "confirm_set_up": "a refused code is counted all the same",
    "give_code": "a refused code is counted all the same",
}


def actions() -> Iterator[Callable[..., object]]:
    """Yield the functions of all modules of actions that have `by` and only keyword arguments.

    Parts of an action take what they need by position.
    """
    paths = [path.relative_to(BASE_DIR) for path in BASE_DIR.glob("[!.]*/**/actions.py")]
    paths = [path for path in paths if path.parts[0] not in {"node_modules", "tests", "var"}]
    for path in [*paths, *map(Path, NAMED_OTHERWISE)]:
        module = import_module(".".join(path.with_suffix("").parts))
        for function in vars(module).values():
            if not inspect.isfunction(function) or function.__module__ != module.__name__:
                continue
            parameters = inspect.signature(function).parameters
            by_name = {one.kind for one in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
            if by_name and "by" in parameters:
                yield function


ACTIONS = list(actions())


def test_there_are_actions() -> None:
    assert len(ACTIONS) > 50
    assert {action.__name__ for action in ACTIONS} >= set(WITHIN)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_an_action_writes_all_or_nothing(action: Callable[..., object]) -> None:
    held = [cell.cell_contents for cell in action.__closure__ or ()]
    begins = any(isinstance(one, Atomic) for one in held)

    assert begins != (action.__name__ in WITHIN)
