"""A fault, put into the running program or into the test database."""

import gc
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pgtrigger
import psycopg2
from django.db import connection

from gwonseon.triggers import Function


def module_at(path: Path) -> ModuleType:
    """Return the module of a file of the project."""
    return import_module(".".join(path.with_suffix("").parts))


def put_in(path: Path, source: str) -> None:
    """Replace a module's functions and database triggers with those of a faulty source.

    Whoever has imported a function, or decorated it, runs the faulty code from now on.
    """
    module, file = module_at(path), str(path.resolve())
    faulty = ModuleType(module.__name__)
    right, wrong = (compile(text, file, "exec") for text in (path.read_text(), source))
    exec(wrong, vars(faulty))
    instead = {
        (old.co_qualname, old.co_firstlineno): new
        for old, new in zip(codes_in(right), codes_in(wrong), strict=True)
    }
    for one in gc.get_objects():
        # By its type: a lazy object would answer for what it stands for.
        if type(one) is FunctionType and one.__code__.co_filename == file:
            code = one.__code__
            one.__code__ = instead.get((code.co_qualname, code.co_firstlineno), code)
    for name, new in vars(faulty).items():
        if isinstance(new, FunctionType) and new.__module__ == module.__name__:
            old, other = inspect.unwrap(getattr(module, name)), inspect.unwrap(new)
            old.__defaults__, old.__kwdefaults__ = other.__defaults__, other.__kwdefaults__
    run_on_test_database(differences(module, faulty))


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of all functions, in the order of the source, the inner ones as well."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from codes_in(one)


def differences(module: ModuleType, faulty: ModuleType) -> list[str]:
    """Return the SQL that replaces the module's triggers with those of the faulty module."""
    statements = []
    for name, new in vars(faulty).items():
        old = vars(module).get(name)
        if isinstance(new, Function) and new.sql != old.sql:
            statements.append(new.sql)
        if isinstance(new, list) and len(new) < len(old):
            left = [one.name for one in new]
            (gone,) = [one for one in old if one.name not in left]
            statements += [
                f"DROP TRIGGER {trigger.get_pgid(model)} ON {model._meta.db_table};"
                for model, trigger in pgtrigger.registered()
                if trigger is gone
            ]
    return statements


def put_right(path: Path) -> None:
    """Make the test database's triggers those of the code again."""
    if path.name == "triggers.py":
        found = [one.sql for one in vars(module_at(path)).values() if isinstance(one, Function)]
        made = [trigger.compile(model).install_sql for model, trigger in pgtrigger.registered()]
        run_on_test_database(found + made)


def run_on_test_database(statements: list[str]) -> None:
    """Run statements on the test database, past pytest-django's guard."""
    if statements:
        with psycopg2.connect(**connection.get_connection_params()) as database:
            database.cursor().execute("\n".join(statements))
        database.close()
