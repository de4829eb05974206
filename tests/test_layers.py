"""Imports point one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "aligncheck"
GROUND = {"model", "errors", "folders", "limits", "pool", "registry", "data", "__init__"}
ROOMS = {
    "config": GROUND,
    "readers": GROUND,
    "segment": GROUND,
    "encode": GROUND,
    "terms": GROUND | {"words"},
    "facts": GROUND,
}
ROOMS["memory"] = GROUND | {"encode", "facts"}
ROOMS["words"] = GROUND
ROOMS["pairing"] = GROUND | {"config", "segment", "encode", "words", "terms", "facts"}
ROOMS["judge"] = ROOMS["pairing"] | {"pairing"}
ROOMS["checks"] = ROOMS["judge"] | {"judge"}
ROOMS["reports"] = GROUND | {"language"}
ROOMS["waivers"] = GROUND
ROOMS["signature"] = GROUND | {"config", "encode", "terms"}
ROOMS["running"] = ROOMS["checks"] | {"checks"}
ROOMS["batches"] = {"errors", "model"}
ROOMS["second"] = ROOMS["checks"] | {"checks"}
ROOMS["engine"] = ROOMS["running"] | {
    "language",
    "batches",
    "running",
    "readers",
    "reports",
    "waivers",
    "memory",
    "signature",
    "second",
}
ROOMS["testing"] = ROOMS["engine"] | {"engine"}
ROOMS["archive"] = ROOMS["engine"] | {"engine", "waivers"}
ROOMS["lsp"] = ROOMS["engine"] | {"engine", "waivers"}
ROOMS["cli"] = ROOMS["archive"] | {"archive", "lsp"}
ALLOWED: dict[str, set[str]] = {
    # A report and an alignment can show and save themselves; what does it is asked for inside the method.
    "model": {"errors", "reports"},
    "errors": set(),
    "folders": set(),
    "limits": set(),
    "pool": {"errors"},
    "data": set(),
    "registry": {"errors"},
    "language": {"model"},
    **ROOMS,
}


def imported(room: str) -> set[str]:
    """The rooms of ours that a room imports, inside functions too, but not for type checking only."""
    files = (PACKAGE / room).rglob("*.py") if (PACKAGE / room).is_dir() else [PACKAGE / f"{room}.py"]
    found = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = (
                    [f"{node.module}.{a.name}" for a in node.names]
                    if node.module == "aligncheck"
                    else [node.module]
                )
            for name in names:
                parts = name.split(".")
                if parts[0] == "aligncheck" and len(parts) > 1:
                    found.add(parts[1] if parts[1] != "__version__" else "__init__")
    return found - {room}


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_imports_point_down(room: str) -> None:
    assert imported(room) <= ALLOWED[room]


def test_every_room_has_a_rule() -> None:
    rooms = {p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert rooms - {"__init__", "__main__"} <= set(ALLOWED)


#: Modules of more than 500 lines, each with the reason why it is not parted yet.
LONG: dict[str, str] = {}


def test_no_module_is_longer_than_one_can_hold_in_mind() -> None:
    long = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > 500
    }
    assert long == LONG.keys()


def test_the_picture_of_the_rooms_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(PACKAGE.parent / "docs")
    import make_picture

    assert make_picture.PICTURE.read_bytes() == make_picture.picture(), "run python docs/make_picture.py"
    floors = {room: n for n, floor in enumerate(make_picture.FLOORS) for room, _ in floor}
    folders = {p.parent.name for p in PACKAGE.glob("*/__init__.py")}
    assert folders <= set(floors)
    assert set(make_picture.WAY) <= set(floors)
    for room in sorted(set(floors) & set(ALLOWED) - {"model"}):
        above = {other for other in imported(room) if floors.get(other, 99) < floors[room]}
        assert not above, room


#: Checks whose findings another reads: what is a term's fault is told once, the summary counts its renderings.
READ_BY_OTHERS = {"terms.terminology": {"terms.inconsistency", "terms.uses"}}


def test_no_check_imports_another() -> None:
    """A truce between findings is declared on the cards and kept when findings are made, not between checks."""
    room = PACKAGE / "checks"
    names = {p: ".".join(p.relative_to(room).with_suffix("").parts) for p in room.rglob("*.py")}
    checks = {name for path, name in names.items() if "carded(__name__" in path.read_text(encoding="utf-8")}
    found: dict[str, set[str]] = {}
    for path, name in names.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("aligncheck.checks."):
                other = (node.module or "").removeprefix("aligncheck.checks.")
                if other in checks and other != name:
                    found.setdefault(other, set()).add(name)
    assert found == READ_BY_OTHERS


def test_no_page_has_marks_of_a_merge() -> None:
    root = PACKAGE.parent
    for path in (*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("benchmarks/**/*.md")):
        rows = path.read_text(encoding="utf-8").splitlines()
        marks = ("<" * 7 + " ", ">" * 7 + " ")
        assert not [n for n, row in enumerate(rows, 1) if row.startswith(marks)], path
