"""Small automatic mistakes in a reference answer: each mutant differs from it in one place.

A check that lets a mutant pass may let a learner's mistake pass (DeMillo, Lipton and Sayward, 1978, "Hints on test
data selection"). A mutant that computes the same is declared in the lesson, at the end of the line it changes:
`# equivalent "< → <=": the two branches agree at 0` (several changes with commas between them).
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
TINY = 1e-8
EQUIVALENT = re.compile(r'# equivalent ("[^"]+"(?:, "[^"]+")*): (\S.*)$')


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
        for changes, reason in EQUIVALENT.findall(line)
        for change in re.findall('"([^"]+)"', changes)
    }
    for node in places:
        for change, replacement in [*_changes(node), *_habits(node, tree)]:
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


def _habits(node: ast.AST, tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """What learners write out of habit: a tiny number added, a loop that ends early, an array like the argument's."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        yield f"{TINY} added under the division", _with(node, right=_plus_tiny(node.right))
    if not isinstance(node, ast.Call):
        return
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if called == "log" and node.args:
        yield f"{TINY} added under the log", _with(node, args=[_plus_tiny(node.args[0])])
    elif called == "range" and len(node.args) == 1:
        fewer = ast.Call(ast.Name("min", ast.Load()), [node.args[0], ast.Constant(100)], [])
        yield "range ends at 100", _with(node, args=[fewer])
    elif called in ("zeros", "ones", "empty") and not any(word.arg == "dtype" for word in node.keywords):
        definition = next((part for part in ast.walk(tree) if isinstance(part, ast.FunctionDef)), None)
        if definition and definition.args.args:
            first = ast.Name(definition.args.args[0].arg, ast.Load())
            like = ast.Attribute(ast.Call(ast.parse("np.asarray", mode="eval").body, [first], []), "dtype", ast.Load())
            yield (
                f"{called} of the first argument's type",
                _with(node, keywords=[*node.keywords, ast.keyword("dtype", like)]),
            )
    elif called == "copy" and isinstance(node.func, ast.Attribute) and not node.args:
        yield ".copy() dropped", node.func.value


def _plus_tiny(node: ast.AST) -> ast.BinOp:
    return ast.BinOp(node, ast.Add(), ast.Constant(TINY))


def borrowers(cell: Cell) -> Iterator[Mutant]:
    """For each argument of an exercise, its answer reading a variable of the notebook of that name instead."""
    tree = ast.parse(cell.source)
    ast.increment_lineno(tree, cell.line - 1)
    for definition in tree.body:
        if not isinstance(definition, ast.FunctionDef) or definition.name != cell.name:
            continue
        for argument in definition.args.args:
            if any(isinstance(node, ast.Name) and node.id == argument.arg for node in ast.walk(definition)):
                other = copy.deepcopy(tree)
                theirs = next(node for node in other.body if getattr(node, "name", "") == cell.name)
                next(each for each in theirs.args.args if each.arg == argument.arg).arg = f"_{argument.arg}"
                yield Mutant(cell.name, definition.lineno, f"{argument.arg}: the notebook's, not the argument", other)


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
