"""A fault, put into the running program or into the test database."""

import inspect
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

import pgtrigger
import psycopg2
from django.db import connection

from gwonseon.triggers import Function


def module_at(path: Path) -> ModuleType:
    """Return the module of a file of the project."""
    return import_module(".".join(path.with_suffix("").parts))


def put_in(path: Path, source: str) -> None:
    """Give the module's functions the code of a faulty source, and the database its triggers'."""
    module = module_at(path)
    faulty = ModuleType(module.__name__)
    faulty.__file__ = module.__file__
    exec(compile(source, str(path.resolve()), "exec"), vars(faulty))
    for name, new in vars(faulty).items():
        replace(getattr(module, name, None), new, module.__name__)
    run_on_test_database(differences(module, faulty))


def replace(old: object, new: object, module: str) -> None:
    """Give what the module itself defines its other code; whoever has imported it runs that."""
    old, new = inspect.unwrap(old), inspect.unwrap(new)
    if getattr(new, "__module__", "") != module:
        return
    if isinstance(new, FunctionType):
        old.__code__ = new.__code__
        old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
    elif isinstance(new, type):
        for name, method in vars(new).items():
            if isinstance(method, FunctionType):
                replace(vars(old)[name], method, module)


def differences(module: ModuleType, faulty: ModuleType) -> list[str]:
    """Return the SQL that makes the module's trigger functions and triggers the faulty ones."""
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
