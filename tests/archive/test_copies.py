"""Documents that are nearly the same text."""

from __future__ import annotations

from pathlib import Path

from aligncheck.archive.copies import find_near_copies
from aligncheck.archive.store import Outcome, Store, Unit


def unit(name: str) -> Unit:
    return Unit(name, "single", name, "", "alone", None, "", "", "", "", "")


def test_near_copies(tmp_path: Path, url: str) -> None:
    store = Store(url or tmp_path / "audit.sqlite")
    base = [f"全年新建改建学校{n}所，新增学位若干个。" for n in range(10)]
    texts = {
        "draft": base,
        "final": [*base[:8], "培训乡村教师若干人次，成效明显。"],
        "other": [f"整治河道{n}公里，新建污水处理站一座。" for n in range(10)],
        "short": ["全市工作要点", base[0]],
    }
    try:
        store.plan([], [], [unit(n) for n in texts], [], {})
        for name, sentences in texts.items():
            beads = tuple(("1-0", s, "", None, None, None, None, None, None, 0) for s in sentences)
            store.put([(name, Outcome(1, 0.0, "pass", None, (), beads, ()))])
        find_near_copies(store)
        assert [tuple(r) for r in store.rows("SELECT * FROM v_near_copies")] == [("draft", "final", 0.889)]
    finally:
        store.close()
