"""Encoders of the sentence-transformers library: ``--encoder transformers:PATH_OR_NAME``.

The extra ``aligncheck[transformers]`` brings the library (Reimers and Gurevych 2019).  A local folder is
loaded as it is; a name is looked for in the library's own cache and, only if the user's environment allows
it, fetched by the library.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aligncheck.encode.base import EncoderPlugin, Vectors, unit
from aligncheck.errors import ConfigError, foreign


class TransformersEncoder:
    """A sentence-transformers model; whatever dimension it has."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self.signature = f"sentence-transformers/{name}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (texts, dimensions); the zero vector for a text without words."""
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        clean = [t.encode("utf-8", "replace").decode("utf-8") for t in texts]
        rows = self._model.encode(clean, show_progress_bar=False, convert_to_numpy=True)
        vectors = unit(np.asarray(rows, dtype=np.float32))
        vectors[[not any(c.isalnum() for c in t) for t in texts]] = 0
        return vectors


def make(argument: str) -> TransformersEncoder:
    """Load a model from a folder or by its name.

    Raises:
        ConfigError: no model is named, the extra is not installed, or the model cannot be loaded.
    """
    if not argument:
        raise ConfigError(
            "no model is named",
            hint="write transformers:FOLDER or transformers:NAME, as in transformers:LaBSE",
        )
    try:
        from sentence_transformers import SentenceTransformer  # heavy: only for who asks for it
    except ImportError as error:
        raise ConfigError(
            f"the encoder 'transformers' needs a library that is not installed: {error.name or error}",
            hint="pip install 'aligncheck[transformers]'",
        ) from error
    looks_like_path = os.sep in argument and (argument.startswith((".", os.sep, "~")))
    path = Path(argument).expanduser()
    if looks_like_path and not path.is_dir():
        raise ConfigError("there is no such model folder", path=argument)
    hint = "name a folder that holds a sentence-transformers model"
    with foreign(f"cannot load the model {argument!r}", "", hint, ConfigError):
        model = SentenceTransformer(str(path) if path.is_dir() else argument, device="cpu")
    model.eval()
    return TransformersEncoder(model, path.name if path.is_dir() else argument)


PLUGIN = EncoderPlugin("transformers", "a sentence-transformers model: transformers:FOLDER or :NAME", make)
