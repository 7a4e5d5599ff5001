"""TensorFlow, which Rasa always imports for components that we do not use, as hollow names.

It is half of the time and of the memory of a start. A hollow name can be inherited from, annotate
and decorate; a component that really uses TensorFlow fails at once with the remedy.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any

from aiguilleur.errors import ModelError

HOLLOW = ("tensorflow", "tensorflow_addons", "keras")


class _HollowType(type):
    """A class that has every attribute, each hollow too; called, it only decorates."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _HollowType(name, (), {})
        setattr(cls, name, made)
        return made

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and callable(args[0]) and not kwargs:
            return args[0]
        raise ModelError(
            f"Un composant se sert de TensorFlow ({cls.__name__}), que le service ne charge pas.",
            "Retirez-le de config.yml, ou retirez l’appel de hollow.install() dans aiguilleur/engine.",
        )


class _HollowModule(ModuleType):
    """A module that has every name, hollow."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _HollowType(name, (), {})
        setattr(self, name, made)
        return made


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules that are to be hollow, and nothing else."""

    def find_spec(
        self, fullname: str, path: Any = None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in HOLLOW:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _HollowModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return None


def install() -> None:
    """Make the hollow names importable, unless the real ones are already there."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _Finder())
