"""Build step: the official glossary, kept as data at the top level, ships inside the package too."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithGlossary(build_py):
    """Copies ``glossary/*.tbx`` to ``aligncheck/glossary_data``; an editable install reads the originals."""

    def run(self) -> None:
        super().run()
        if getattr(self, "editable_mode", False):
            return
        target = Path(self.build_lib) / "aligncheck" / "glossary_data"
        target.mkdir(parents=True, exist_ok=True)
        for source in sorted((Path(__file__).resolve().parent / "glossary").glob("*.tbx")):
            shutil.copyfile(source, target / source.name)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        target = Path(self.build_lib) / "aligncheck" / "glossary_data"
        own = [str(target / p.name) for p in (Path(__file__).resolve().parent / "glossary").glob("*.tbx")]
        return [*super().get_outputs(include_bytecode), *own]


setup(cmdclass={"build_py": BuildWithGlossary})
