"""How a learner's process imports the building blocks of shared_utils: from text that it asks for, or not at all."""

import sys
from collections.abc import Callable
from importlib.abc import ExecutionLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from typing import Any

from course_tools import taught

Supply = Callable[[str], tuple[str, str] | None]


def guard(supply: Supply) -> None:
    """From now on this process imports the guarded packages through `supply`, which is `taught.supply` or asks it."""
    sys.meta_path.insert(0, _Finder(supply))


def withhold(names: set[str]) -> None:
    """From now on this process cannot import these modules."""
    guard(lambda name: taught.supply(name, names))


class _Finder(MetaPathFinder):
    def __init__(self, supply: Supply):
        self._supply = supply

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        if not taught.guarded(name):
            return None
        try:
            found = self._supply(name)
        except ImportError as error:
            # Without the way that the question took.
            raise ImportError(*error.args, name=name) from None
        return spec_from_loader(name, _Loader(*found)) if found else None


class _Loader(ExecutionLoader):
    """Executes a module's text."""

    def __init__(self, text: str, file: str):
        self._text, self._file = text, file

    def get_source(self, fullname: str) -> str:
        return self._text

    def get_filename(self, fullname: str) -> str:
        return self._file

    def is_package(self, fullname: str) -> bool:
        return self._file.endswith("__init__.py")
