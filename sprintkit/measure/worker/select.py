"""Checks with the database's own parser that a text is a single SELECT that reads only the table `source`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import duckdb

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PARAMETERS: Final = frozenset(("from", "to"))
_QUERY_NODES: Final = frozenset(("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"))
_TABLES: Final = frozenset(("BASE_TABLE", "JOIN", "SUBQUERY", "EMPTY", "EXPRESSION_LIST", "TABLE_FUNCTION"))
_TABLE_FUNCTIONS: Final = frozenset(("range", "generate_series", "unnest"))


def parse_select(connection: DuckDBPyConnection, sql: str) -> frozenset[str]:
    """The parameters that a SELECT uses. Raises ValueError, saying why, if it is not a single SELECT on `source`.

    An allowlist decides: no file, no function that reads or writes one and no other statement, not even inside a WITH.
    """
    try:
        statements = connection.extract_statements(sql)
        is_select = [statement.type for statement in statements] == [duckdb.StatementType.SELECT]
    except duckdb.Error:
        raise ValueError("sql does not read as SQL") from None
    if not is_select:
        raise ValueError("sql must be exactly one SELECT")
    row = connection.execute("select json_serialize_sql(?)", [sql]).fetchone()
    tree = json.loads(row[0]) if row is not None else {}
    if tree.get("error") is not False or len(tree.get("statements", ())) != 1:
        raise ValueError("sql must be exactly one SELECT")
    _refuse_other_nodes(tree["statements"])
    parameters = frozenset(statements[0].named_parameters)
    if not parameters <= PARAMETERS:
        raise ValueError("sql may have the parameters $from and $to alone")
    return parameters


def _refuse_other_nodes(tree: Any) -> None:
    nodes = list(_nodes(tree))
    names = {"source"} | {
        str(entry["key"]).lower() for node in nodes for entry in node.get("cte_map", {}).get("map", ())
    }
    for node in nodes:
        kind = str(node.get("type", ""))
        if kind.endswith("_NODE") and kind not in _QUERY_NODES:
            raise ValueError("sql must be exactly one SELECT")
        is_table = "sample" in node and "alias" in node and "query_location" in node
        if is_table and kind not in _TABLES:
            raise ValueError("sql may read the table source alone")
        if kind == "BASE_TABLE" and (
            str(node["table_name"]).lower() not in names or node["schema_name"] or node["catalog_name"]
        ):
            raise ValueError("sql may read the table source alone")
        if kind == "TABLE_FUNCTION" and node["function"].get("function_name") not in _TABLE_FUNCTIONS:
            raise ValueError("sql may read the table source alone")


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in a parsed SELECT."""
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)
