"""Small automatic mistakes in a reference answer: each mutant differs from it in one place.

A check that lets a mutant pass may let a learner's mistake pass (DeMillo, Lipton and Sayward, 1978, "Hints on test
data selection"). A mutant that computes the same is declared in the lesson, at the end of the line it changes:
`# equivalent "< → <=": the two branches agree at 0`.
"""

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from course_tools.authoring.lesson import Cell, solution_lines

OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
FUNCTIONS = {
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "min": "max",
    "argmax": "argmin",
    "argmin": "argmax",
    "zeros": "ones",
    "ones": "zeros",
    "sin": "cos",
    "cos": "sin",
    "std": "var",
    "all": "any",
    "any": "all",
    "maximum": "minimum",
    "minimum": "maximum",
}
SYMBOLS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**", ast.FloorDiv: "//",
    ast.Mod: "%", ast.BitAnd: "&", ast.BitOr: "|", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
    ast.And: "and", ast.Or: "or",
}  # fmt: skip
EQUIVALENT = re.compile(r'# equivalent "([^"]+)": (\S.*)$')


@dataclass(frozen=True)
class Mutant:
    """A reference answer with one change; `reason` says why it is equivalent, if the lesson declares it so."""

    exercise: str
    line: int
    change: str
    tree: ast.Module
    reason: str = ""


def mutants(cell: Cell) -> Iterator[Mutant]:
    """Every mutant of an exercise cell's reference answer; only lines between the solution markers are changed."""
    lines = solution_lines(cell)
    tree = ast.parse(cell.source)
    ast.increment_lineno(tree, cell.line - 1)
    places = [node for node in ast.walk(tree) if getattr(node, "lineno", 0) in lines]
    declared = {
        (cell.line + number, change): reason
        for number, line in enumerate(cell.source.split("\n"))
        for change, reason in EQUIVALENT.findall(line)
    }
    for node in places:
        for change, replacement in _changes(node):
            mutated = ast.fix_missing_locations(_replaced(tree, node, replacement))
            reason = declared.get((node.lineno, change), "")
            yield Mutant(cell.name, node.lineno, change, mutated, reason)


def _replaced(tree: ast.Module, node: ast.AST, replacement: ast.AST) -> ast.Module:
    memo = {id(node): ast.copy_location(replacement, node)}
    return copy.deepcopy(tree, memo)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What can go wrong in one place: (a short name, the node that takes its place)."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in OPERATORS:
        new = OPERATORS[type(node.op)]
        yield f"{_symbol(node.op)} → {SYMBOLS[new]}", _with(node, op=new())
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for new in COMPARISONS[type(node.ops[0])]:
            yield f"{_symbol(node.ops[0])} → {SYMBOLS[new]}", _with(node, ops=[new()])
    elif isinstance(node, ast.BoolOp):
        new = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{_symbol(node.op)} → {SYMBOLS[new]}", _with(node, op=new())
    elif isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.UAdd):
        yield f"{ast.unparse(node)} → {ast.unparse(node.operand)}", node.operand
    elif isinstance(node, ast.Constant):
        for value in _other_constants(node.value):
            yield f"{node.value!r} → {value!r}", ast.Constant(value)
    elif isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
        yield f"{node.attr} → {FUNCTIONS[node.attr]}", _with(node, attr=FUNCTIONS[node.attr])
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield ".T dropped", node.value
    elif isinstance(node, ast.keyword) and node.arg in ("axis", "keepdims"):
        yield f"{node.arg}={ast.unparse(node.value)} dropped", ast.keyword("dtype", ast.Constant(None))
    elif isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.If | ast.For) and not _is_text(node):
        yield f"dropped: {ast.unparse(node).splitlines()[0]}", ast.Pass()


def _other_constants(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
        if value != 0:
            yield value - 1
    elif isinstance(value, float):
        yield value * 2
        yield -value


def _with(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _symbol(operator: ast.AST) -> str:
    return SYMBOLS[type(operator)]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
