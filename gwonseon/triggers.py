"""Database triggers, which models list in `Meta.triggers` and each `migrate` installs.

The SQL is in each subject's `triggers.py`. A trigger of a higher layer on a table of a lower layer
is registered with `pgtrigger.register` in the higher subject's `models.py`. See ADR 0018.
"""

from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import connections, models, transaction
from pgtrigger import compiler


@dataclass(frozen=True)
class Function:
    """A PL/pgSQL function of the database, and the functions that it calls.

    To change its arguments or its return type, give it another name: only the body is replaced.
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


def refuses(name: str, constraint: str, sentence: str, tells: str = "OLD.id") -> Function:
    """Return a function that refuses every write, as if it broke a constraint of this name.

    `sentence` has a % for each of the values of the row that it `tells`.
    """
    body = f"""
BEGIN
    RAISE EXCEPTION '{sentence}', {tells}
        USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
END """
    return Function(name, body)


class SharedTriggerSql(compiler.UpsertTriggerSql):
    """The SQL of a SharedTrigger; unlike pgtrigger's own SQL, no client setting disables it."""

    def get_template(self) -> str:
        """Return the SQL template that pgtrigger fills in."""
        return """{func}
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid} {when} {operation} ON {table}
                {timing} {referencing} FOR EACH {level} {condition} EXECUTE FUNCTION {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class AlwaysTriggerSql(SharedTriggerSql):
    """The SQL of a trigger that also fires in a session with the role of a replica."""

    def get_template(self) -> str:
        """Return the SQL template that pgtrigger fills in."""
        return f"{super().get_template()}ALTER TABLE {{table}} ENABLE ALWAYS TRIGGER {{pgid}};"


class SharedTrigger(pgtrigger.Trigger):
    """A trigger that calls a function which several tables share, with arguments of its own."""

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
        """Return the SQL that calls the function."""
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
    """Return a trigger that runs once after a statement, with tables `old_rows` and `new_rows`."""
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
    """Return the SQL condition that an update changes any of these columns."""
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
    """Return a trigger that runs before each row is written, or each that meets the condition."""
    facts |= {"when": pgtrigger.Before, "operation": operation}
    return SharedTrigger(name, function, **facts | condition_of(condition))


def at_commit(
    name: str,
    function: Function,
    *arguments: str,
    operation: pgtrigger.Operation,
    condition: str = "",
) -> SharedTrigger:
    """Return a trigger that runs at commit for each row, or each that meets the condition."""
    facts = {"when": pgtrigger.After, "timing": pgtrigger.Deferred, "operation": operation}
    return SharedTrigger(name, function, *arguments, **facts, **condition_of(condition))


def condition_of(sql: str) -> dict[str, pgtrigger.Condition]:
    """Return a trigger's `condition` argument; an empty dict if it always fires."""
    return {"condition": pgtrigger.Condition(f"({sql})")} if sql else {}


INSTALLED = """
SELECT c.relname, t.tgname, obj_description(t.oid, 'pg_trigger')
FROM pg_class c
LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'
WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid)
"""


def install_triggers(*, using: str = "default", plan: object = None, **_signal: object) -> None:
    """Bring the database's triggers in line with the code, in one transaction, after `migrate`.

    Installs only triggers that are missing, disabled or different, so that a `migrate` with nothing
    to do locks no table. Skips tables that do not exist (after migrating back). `flush` sends the
    same signal without a plan; then nothing changes.
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
