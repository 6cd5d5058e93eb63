"""What stands where, and how large it may be. Each guard is shown a planted breach, so that it is seen to go red."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture import source

LONGEST_MODULE = 310  # about 300, and may only fall
LONGEST_FUNCTION = 46  # about 40, and may only fall
NO_DRAWERS = {"utils", "helpers", "common", "core", "services", "managers", "signals"}
WEB = {
    "views", "urls", "forms", "gate", "apps", "middleware", "drafting", "second_factor", "device", "refusals",
    "adapter", "backend", "context", "codes", "form_pages", "timing", "webhooks", "own_policy",
    "manage_views", "managed_pages",
}  # fmt: skip
DOMAIN = (
    "participants",
    "organisations",
    "measures",
    "engagement",
    "messaging",
    "coaching",
    "audit",
    "privacy",
)


def too_long(text: str) -> bool:
    return text.count("\n") > LONGEST_MODULE


def long_functions(tree: ast.Module) -> list[str]:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [one.name for one in functions if one.end_lineno - one.lineno + 1 > LONGEST_FUNCTION]


def asks_the_system_clock(tree: ast.Module) -> list[int]:
    """Return the lines that read the wall clock: datetime.now(), date.today(), timezone.now(), time.time()."""
    called = {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("date", "today"),
        ("timezone", "now"),
        ("time", "time"),
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (_last(node.func.value), node.func.attr) in called
    ]


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def speaks_of_the_web(tree: ast.Module) -> bool:
    return any(imported.startswith("django.http") for imported in source.imports(tree))


def positional_parameters(tree: ast.Module) -> list[str]:
    functions = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    return [one.name for one in functions if one.args.args or one.args.posonlyargs or one.args.vararg]


def test_no_module_grows_into_an_attic():
    found = [source.name(path) for path in source.modules() if too_long(path.read_text())]

    assert found == []


def test_a_module_that_is_too_long_is_noticed():
    assert too_long("\n" * (LONGEST_MODULE + 1))


def test_functions_stay_short():
    found = [
        f"{source.name(path)}:{name}"
        for path in source.modules()
        for name in long_functions(source.tree(path))
    ]

    assert found == []


def test_a_function_that_is_too_long_is_noticed():
    body = "    pass\n" * LONGEST_FUNCTION

    assert long_functions(ast.parse(f"def long():\n{body}")) == ["long"]


def drawer(path: Path) -> bool:
    """Return whether a module, or a folder that it stands in, is named for nothing that it does."""
    return bool(NO_DRAWERS & set(path.relative_to(source.ROOT).with_suffix("").parts))


def test_nothing_is_a_drawer():
    found = [source.name(path) for path in source.modules() if drawer(path)]

    assert found == []


@pytest.mark.parametrize("planted", ["resilience/coaching/utils.py", "content_pages/helpers/text.py"])
def test_a_drawer_is_noticed(planted):
    assert drawer(source.ROOT / planted)


# The supervisor and the sign-in's own code stamp lines of a log or live without Django.
MAY_ASK_THE_CLOCK = {"resilience/clock.py", "resilience/demo/children.py"}


def test_only_the_clock_asks_the_system_clock():
    found = {source.name(path) for path in source.modules() if asks_the_system_clock(source.tree(path))}

    assert found <= MAY_ASK_THE_CLOCK


@pytest.mark.parametrize(
    "call", ["datetime.now(UTC)", "date.today()", "timezone.now()", "datetime.datetime.now()"]
)
def test_a_planted_call_of_the_system_clock_is_noticed(call):
    assert asks_the_system_clock(ast.parse(f"moment = {call}")) == [1]


def domain_modules() -> list:
    return [
        path
        for path in source.modules()
        if len(path.relative_to(source.ROOT).parts) == 3
        and path.parent.name in DOMAIN
        and path.stem not in WEB
        and not path.stem.endswith(("_urls", "_page"))
    ]


def test_domain_modules_know_nothing_of_the_web():
    found = [source.name(path) for path in domain_modules() if speaks_of_the_web(source.tree(path))]

    assert found == []


def test_a_domain_module_that_speaks_of_the_web_is_noticed():
    assert speaks_of_the_web(ast.parse("from django.http import HttpRequest"))


def test_tasks_take_keywords_only():
    tasks = [
        path for path in source.modules() if path.stem == "tasks" and path.parent.name != "content_pages"
    ]

    found = [
        f"{source.name(path)}:{name}" for path in tasks for name in positional_parameters(source.tree(path))
    ]

    assert tasks
    assert found == []


def test_a_task_with_a_positional_parameter_is_noticed():
    assert positional_parameters(ast.parse("def send(booking): ...")) == ["send"]


UNSPOKEN = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?:\W+[A-Z]+\d+|\[[\w, -]+\])*\W*(?:\w+\W*)?$")


def test_each_suppression_says_why_on_its_line():
    found = [
        f"{source.name(path)}:{number}"
        for path in source.modules()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if UNSPOKEN.search(line)
    ]

    assert found == []


def test_a_bare_suppression_is_noticed():
    assert UNSPOKEN.search("import x  # noqa: F401")
    assert not UNSPOKEN.search("import x  # noqa: F401 - registers by import")
