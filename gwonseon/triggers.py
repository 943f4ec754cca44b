"""Triggers that stand beside their models (`Meta.triggers`) and are installed after each `migrate`.

A subject's `triggers.py` has the SQL. A trigger of a higher floor on a table of a lower one is
registered in the higher subject's `models.py` by `pgtrigger.register`. See ADR 0018.
"""

from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import connections, models, transaction
from pgtrigger import compiler


@dataclass(frozen=True)
class Function:
    """A PL/pgSQL function of the database, and the functions that it calls.

    Whoever changes what it takes or returns gives it another name: only a body is replaced.
    """

    name: str
    body: str
    takes: str = ""
    returns: str = "trigger"
    options: str = ""
    calls: tuple["Function", ...] = ()

    @property
    def sql(self) -> str:
        """Return the statements that make the function or replace its body."""
        called = "".join(one.sql for one in self.calls)
        return (
            f"{called}CREATE OR REPLACE FUNCTION {self.name}({self.takes}) RETURNS {self.returns}"
            f" LANGUAGE plpgsql {self.options} AS $${self.body}$$;\n"
        )


class SharedTriggerSql(compiler.UpsertTriggerSql):
    """A trigger of a shared function; unlike pgtrigger's own, no client's setting turns it off."""

    def get_template(self) -> str:
        """Return what pgtrigger fills in."""
        return """{func}
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid} {when} {operation} ON {table}
                {timing} {referencing} FOR EACH {level} {condition} EXECUTE FUNCTION {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class AlwaysTriggerSql(SharedTriggerSql):
    """The same for every client, also for one that calls itself a replica."""

    def get_template(self) -> str:
        """Return what pgtrigger fills in."""
        return f"{super().get_template()}ALTER TABLE {{table}} ENABLE ALWAYS TRIGGER {{pgid}};"


class SharedTrigger(pgtrigger.Trigger):
    """A trigger whose function is shared by several tables, which it is told by its arguments."""

    def __init__(
        self,
        name: str,
        function: Function,
        *arguments: str,
        sql: type[SharedTriggerSql] = SharedTriggerSql,
        **facts: Any,
    ) -> None:
        super().__init__(name=name, func=function.sql, **facts)
        quoted = ", ".join(f"'{argument}'" for argument in arguments)
        self.call = f"{function.name}({quoted})"
        self.sql = sql

    def render_execute(self, model: type[models.Model]) -> str:  # noqa: ARG002  pgtrigger's call
        """Return the call of the function."""
        return self.call

    def compile(self, model: type[models.Model]) -> compiler.Trigger:
        """Return the trigger with the SQL that installs it."""
        return compiler.Trigger(name=self.name, sql=self.sql(**super().compile(model).sql.kwargs))


ROWS = {
    pgtrigger.Insert: pgtrigger.Referencing(new="new_rows"),
    pgtrigger.Update: pgtrigger.Referencing(old="old_rows", new="new_rows"),
    pgtrigger.Delete: pgtrigger.Referencing(old="old_rows"),
}


def after_statement(
    name: str,
    function: Function,
    *arguments: str,
    operation: pgtrigger.Operation,
    rows: pgtrigger.Referencing | None = None,
) -> SharedTrigger:
    """Return a trigger that sees all rows of a statement at once, as `old_rows` and `new_rows`."""
    return SharedTrigger(
        name,
        function,
        *arguments,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=rows or ROWS[operation],
    )


def changed(*columns: str) -> str:
    """Return the condition that an update changes any of a row's columns."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


def before_row(
    name: str,
    function: Function,
    operation: pgtrigger.Operation,
    *,
    condition: str = "",
    **facts: Any,
) -> SharedTrigger:
    """Return a trigger that sees each row, or those of a condition, before it is written."""
    facts |= {"when": pgtrigger.Before, "operation": operation}
    return SharedTrigger(name, function, **facts | condition_of(condition))


def at_commit(
    name: str,
    function: Function,
    *arguments: str,
    operation: pgtrigger.Operation,
    condition: str = "",
) -> SharedTrigger:
    """Return a trigger that sees each row, or those of a condition, when its transaction ends."""
    facts = {"when": pgtrigger.After, "timing": pgtrigger.Deferred, "operation": operation}
    return SharedTrigger(name, function, *arguments, **facts, **condition_of(condition))


def condition_of(sql: str) -> dict[str, pgtrigger.Condition]:
    """Return the argument that says when a trigger fires; none where it always does."""
    return {"condition": pgtrigger.Condition(f"({sql})")} if sql else {}


INSTALLED = """
SELECT c.relname, t.tgname, obj_description(t.oid, 'pg_trigger')
FROM pg_class c
LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'
WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid)
"""


def install_triggers(*, using: str = "default", plan: object = None, **_signal: object) -> None:
    """Make the database's triggers those of the code, in one transaction, after `migrate`.

    Only what is missing, off or another is installed, so that a `migrate` that finds nothing to do
    locks no table. Tables that do not exist (after a way back) are left out. `flush` sends the same
    signal without a plan and changes no trigger.
    """
    if plan is None:
        return
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(INSTALLED)
        found = {(table, name): mark for table, name, mark in cursor.fetchall()}
        tables = {table for table, _ in found}
        compiled = [trigger.compile(model) for model, trigger in pgtrigger.registered()]
        outdated = [
            one.install_sql
            for one in compiled
            if one.sql.table in tables and found.get((one.sql.table, one.sql.pgid)) != one.hash
        ]
        if outdated:
            cursor.execute("\n".join(outdated))
        pgtrigger.prune(database=using)
