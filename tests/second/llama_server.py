"""Runs llama.cpp's own server on a model of random weights until its standard input is closed: ``FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))


def main(folder: str) -> None:
    """Write the model, start the server, tell its address."""
    import xllamacpp
    from tiny_model import CONTEXT, write_model

    model = Path(folder) / "random.gguf"
    write_model(model)
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.n_gpu_layers = 0
    params.warmup = False
    params.port = 0  # any that is free
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
