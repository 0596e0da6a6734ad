"""The examples in the docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import caseworker.valuation

MODULES = sorted(
    f"caseworker.valuation.{module.name}" for module in pkgutil.iter_modules(caseworker.valuation.__path__)
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    assert sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES) > 10
