"""Faults that Cosmic Ray does not know: what is left out of a function, and SQL in triggers."""

import re
from collections.abc import Iterator

from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import OPERATOR_PROVIDERS
from parso.python.tree import Name
from parso.tree import BaseNode, Leaf, NodeOrLeaf

Span = tuple[tuple[int, int], tuple[int, int]]
NARROWING = {"filter", "exclude", "get", "Q", "get_object_or_404"}
SQL_FAULTS = (
    (r"\bIF .+?\bTHEN\b", "IF FALSE THEN"),
    (r"\b(?:PERFORM|UPDATE|DELETE FROM) [^;]+;", ""),
    (r"\bAND\b", "OR"),
    (r"\bOR\b(?! REPLACE)", "AND"),
    (r"\bNOT (?=EXISTS|\()", ""),
    (r"\bIS DISTINCT FROM\b", "IS NOT DISTINCT FROM"),
    (r"\bIS NOT DISTINCT FROM\b", "IS DISTINCT FROM"),
    (r" = (?!ANY)", " <> "),
    (r" <> ", " = "),
    (r" <= ", " < "),
    (r" >= ", " > "),
    (r" < ", " <= "),
    (r" > ", " >= "),
)


class Fault(Operator):
    """Base class of faults: each finds its places in a syntax tree and changes one of them."""

    @classmethod
    def examples(cls) -> tuple[()]:
        """Return none; Cosmic Ray asks for them in its own tests alone."""
        return ()


class LeftOutStatement(Fault):
    """A call for its effect (no log's), a refusal or the setting of an attribute is left out."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Span]:
        """Yield the statement's place."""
        if node.parent is None or node.parent.type != "simple_stmt":
            return
        called = node.type == "atom_expr" and node.children[-1].children[0] == "("
        logs = node.get_first_leaf().value in {"log", "logger"}
        set_there = node.type == "expr_stmt" and node.children[0].type == "atom_expr"
        if (called and not logs) or set_there or node.type == "raise_stmt":
            yield node.start_pos, node.end_pos

    def mutate(self, node: NodeOrLeaf, _index: int) -> Leaf:
        """Return a statement that does nothing."""
        return Name("pass", node.start_pos, prefix=node.get_first_leaf().prefix)


class LeftOutElement(Fault):
    """An element of a list, or what narrows a query, is left out."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Span]:
        """Yield the place of each element."""
        for element in elements(node):
            yield element.start_pos, element.end_pos

    def mutate(self, node: BaseNode, index: int) -> BaseNode:
        """Return the brackets without the element and its comma."""
        element = elements(node)[index]
        holder = element.parent
        at = holder.children.index(element)
        comma = at + 1 if holder.children[at + 1 :] and holder.children[at + 1] == "," else at - 1
        gone = {at} if holder is node else {at, comma}
        holder.children = [one for n, one in enumerate(holder.children) if n not in gone]
        return node


def elements(node: NodeOrLeaf) -> list[NodeOrLeaf]:
    """Return the elements of a list, or the keyword arguments of a call that narrows a query."""
    if node.type == "atom" and node.children[0] == "[":
        return [one for one in within(node, "testlist_comp") if one.type != "sync_comp_for"]
    if node.type == "trailer" and node.children[0] == "(":
        name = node.get_previous_leaf()
        arguments = [one for one in within(node, "arglist") if one.type == "argument"]
        return arguments if name.value in NARROWING else []
    return []


def within(node: BaseNode, several: str) -> list[NodeOrLeaf]:
    """Return what stands between a node's brackets, without commas."""
    inner = node.children[1:-1]
    if inner and inner[0].type == several:
        inner = inner[0].children
    if any(one.type == "sync_comp_for" for one in inner):
        return []
    return [one for one in inner if one != ","]


class SqlFault(Fault):
    """A condition or an effect in a trigger's SQL is another, or is left out."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Span]:
        """Yield the text's place for each fault in it."""
        for _ in sql_faults(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Leaf, index: int) -> Leaf:
        """Return the text with one fault."""
        found, instead = sql_faults(node)[index]
        node.value = node.value[: found.start()] + instead + node.value[found.end() :]
        return node


def sql_faults(node: NodeOrLeaf) -> list[tuple[re.Match[str], str]]:
    """Return the faults that a string can have, if it is the body of a function."""
    if node.type not in {"string", "fstring_string"} or "BEGIN\n" not in node.value:
        return []
    return [
        (found, instead)
        for pattern, instead in SQL_FAULTS
        for found in re.finditer(pattern, node.value, re.DOTALL)
    ]


# Of Cosmic Ray's own 200 the rest say the same once more, or break what no test has to notice.
CHOSEN = re.compile(
    "AddNot|Replace(True|False|And|Or)With.*|ReplaceUnaryOperator_Delete_Not|NumberReplacer"
    "|ZeroIterationForLoop|ReplaceBinaryOperator_(Add_Sub|Sub_Add)"
    "|ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Is_IsNot|IsNot_Is)"
)
CORE = OPERATOR_PROVIDERS["core"]
OPERATORS: dict[str, type[Operator]] = {
    **{name: CORE[name] for name in CORE if CHOSEN.fullmatch(name)},
    **{one.__name__: one for one in (LeftOutStatement, LeftOutElement, SqlFault)},
}
