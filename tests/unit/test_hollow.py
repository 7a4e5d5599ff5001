"""TensorFlow is kept out, and a component that would really use it says so."""

from __future__ import annotations

import pytest

from aiguilleur.engine import hollow
from aiguilleur.errors import ModelError


def test_hollow_names_can_be_inherited_from_annotate_and_decorate() -> None:
    keras = hollow._HollowModule("tensorflow").keras

    class Layer(keras.layers.Layer):  # type: ignore[name-defined, misc]
        pass

    @keras.decorate
    def decorated(value: keras.Tensor | None = None) -> int:
        return 1

    assert decorated() == 1
    with pytest.raises(ModelError, match="TensorFlow"):
        Layer()
    with pytest.raises(ModelError, match="config"):
        keras.backend.sum([1, 2])


def test_a_name_that_python_asks_for_is_not_invented() -> None:
    assert not hasattr(hollow._HollowModule("tensorflow"), "__wrapped__")
    assert not hasattr(hollow._HollowModule("tensorflow").keras, "__wrapped__")
