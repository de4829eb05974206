"""Measure the reports: the page in a headless Chromium, the memory of the XML writer, the time of each format.

python benchmarks/reports.py page     first paint and filtering, 5,000 pairs and 2,000 findings
python benchmarks/reports.py memory   peak memory of writing 10,000 to 1,000,000 pairs as XML
python benchmarks/reports.py formats  seconds and bytes of every format
python benchmarks/reports.py keys [RECORD.xml [TIMES]]
                                      keys and scrolling on a record (else the example's) repeated 50 times
"""

from __future__ import annotations

import contextlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from aligncheck.model import Bead, Document, Link, Report, SpanRef
from aligncheck.registry import load
from aligncheck.reports import html_report, xml_report
from tests.reports.sample import large_report, sample_report

RUNS = 5
SELECTORS = {
    "one severity off": "input[name=sev][value='2']",
    "the same on": "input[name=sev][value='2']",
    "neutral on (500 more)": "input[name=sev][value='0']",
    "one category off": "input[name=cat]",
    "no category": "#cat-none",
    "all categories": "#cat-all",
    "only passages with findings": "#only",
    "all passages": "#only ",
}
PAINTED = "return performance.getEntriesByName('first-contentful-paint')[0].startTime"
TIMED = """
const [selector, done] = arguments;
requestAnimationFrame(() => requestAnimationFrame(() => {
  const start = performance.now();
  document.querySelector(selector.trim()).click();
  document.body.offsetHeight;
  done(performance.now() - start);
}));
"""


@contextlib.contextmanager
def chromium(data: bytes) -> Iterator[tuple[Any, str]]:
    """A driver of a headless Chromium, and the address of a file that holds the page."""
    from tests.browser.conftest import FLAGS, _binary

    from selenium import webdriver  # isort: skip

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.html"
        path.write_bytes(data)
        options = webdriver.ChromeOptions()
        options.binary_location = _binary("chromium", "chromium-browser", "google-chrome")
        for flag in (*FLAGS, f"--user-data-dir={folder}/profile"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(_binary("chromedriver")))
        try:
            driver.set_script_timeout(60)
            yield driver, path.as_uri()
        finally:
            driver.quit()


def page() -> None:
    """First paint, and the time from a click to the laid-out page."""
    started = time.perf_counter()
    data = b"".join(html_report.render(large_report()))
    print(f"rendered in {time.perf_counter() - started:.2f} s, {len(data) / 1e6:.1f} MB")
    paints, ready, times = [], [], {name: [] for name in SELECTORS}  # type: ignore[var-annotated]
    with chromium(data) as (driver, address):
        for _ in range(RUNS):
            driver.get("about:blank")
            driver.get(address)
            paints.append(driver.execute_script(PAINTED))
            ready.append(
                driver.execute_script("return performance.getEntriesByType('navigation')[0].domComplete")
            )
            for name, selector in SELECTORS.items():
                times[name].append(driver.execute_async_script(TIMED, selector))
    print(f"first contentful paint  median {statistics.median(paints):6.0f} ms, worst {max(paints):.0f}")
    print(f"page complete           median {statistics.median(ready):6.0f} ms, worst {max(ready):.0f}")
    for name, values in times.items():
        print(f"{name:28} median {statistics.median(values):6.0f} ms, worst {max(values):.0f}")


class _Pairs:
    """As many pairs as wanted, made one by one, so that only the writer's own memory is measured."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __iter__(self) -> Iterator[Bead]:
        for n in range(self.count):
            links = (
                Link(SpanRef(n, 0, 12), SpanRef(n, 0, 40), 0.8),
                Link(SpanRef(n, 12, 30), SpanRef(n, 40, 90), 0.7),
            )
            yield Bead((n,), (n, n + 1), 0.81, False, 0.93, 1.0, 0.98, links)


def memory() -> None:
    """Peak memory by the number of pairs, each in a process of its own."""
    for count in (10_000, 100_000, 1_000_000):
        subprocess.run([sys.executable, __file__, "write", str(count)], check=True)


def write(count: int) -> None:
    """Write so many pairs and print time and peak memory."""
    pairs: Any = _Pairs(count)
    report = replace(sample_report(), alignments=pairs)
    started, size = time.perf_counter(), 0
    for chunk in xml_report.render(report):
        size += len(chunk)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:9,} pairs  {size / 1e6:7.1f} MB  {seconds:6.1f} s  peak {peak:5.0f} MB")


def formats() -> None:
    """Seconds and bytes of every format for 5,000 pairs and 2,000 findings."""
    report = large_report()
    for name, reporter in load("aligncheck.reporters").items():
        started = time.perf_counter()
        size = sum(len(chunk) for chunk in reporter.render(report))
        print(f"{name:9} {time.perf_counter() - started:6.2f} s  {size / 1e6:6.2f} MB")


def repeated(report: Report, times: int) -> Report:
    """The documents of a report one after the other so often, with all that was found in them."""
    target = report.target
    if target is None:
        raise SystemExit("a report on a pair is wanted")
    beads: list[Bead] = []
    findings = []
    for turn in range(times):
        blocks = (turn * len(report.source.blocks), turn * len(target.blocks))
        segments = (turn * len(report.source.segments), turn * len(target.segments))
        for bead in report.alignments:
            beads.append(
                replace(
                    bead,
                    source=tuple(n + segments[0] for n in bead.source),
                    target=tuple(n + segments[1] for n in bead.target),
                    links=tuple(
                        replace(
                            link,
                            source=replace(link.source, block=link.source.block + blocks[0]),
                            target=replace(link.target, block=link.target.block + blocks[1]),
                        )
                        for link in bead.links
                    ),
                    words=bead.words.moved(*blocks) if bead.words is not None else None,
                )
            )
        findings += [
            replace(
                f,
                id=f"{turn:04x}{f.id[4:]}",
                source=tuple(replace(m, block=m.block + blocks[0]) for m in f.source),
                target=tuple(replace(m, block=m.block + blocks[1]) for m in f.target),
            )
            for f in report.findings
        ]
    sides = [_repeated_document(d, times) for d in (report.source, target)]
    return replace(
        report, source=sides[0], target=sides[1], alignments=tuple(beads), findings=tuple(findings)
    )


def _repeated_document(document: Document, times: int) -> Document:
    blocks = []
    for turn in range(times):
        first, before = turn * len(document.blocks), turn * len(document.segments)
        for block in document.blocks:
            segments = tuple(replace(s, id=s.id + before, block=s.block + first) for s in block.segments)
            blocks.append(replace(block, id=block.id + first, segments=segments))
    return replace(document, blocks=tuple(blocks))


#: From a key to the end of its script, to the layout after it, and to the frame after that, in milliseconds.
PRESSED = """
const [key, done] = arguments;
requestAnimationFrame(() => setTimeout(() => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const script = performance.now() - start;
  document.body.offsetHeight;
  const layout = performance.now() - start;
  requestAnimationFrame(() => setTimeout(() => done([script, layout, performance.now() - start]), 0));
}, 30));
"""
SCROLLED = """
const done = arguments[0], times = [];
let last = performance.now();
const turn = () => {
  const now = performance.now();
  times.push(now - last);
  last = now;
  scrollBy({ top: 90, behavior: "instant" });
  if (times.length < 120) requestAnimationFrame(turn); else done(times.slice(5));
};
requestAnimationFrame(turn);
"""


def keys(record: str = "", times: int = 50) -> None:
    """Milliseconds of the keys that decide and step, and of a frame while scrolling."""
    import aligncheck
    from aligncheck.reports.xml_read import read_xml
    from tests.browser.conftest import example_report

    report = repeated(read_xml(Path(record)) if record else example_report(), times)
    data = b"".join(html_report.render(report))
    print(
        f"aligncheck {aligncheck.__version__}: {len(report.alignments):,} pairs, {len(report.findings):,} findings, "
        f"{len(data) / 1e6:.1f} MB"
    )
    with chromium(data) as (driver, address):
        driver.get(address)
        print(f"first contentful paint {driver.execute_script(PAINTED):.0f} ms")
        for key, count in (("j", 40), ("a", 20), ("x", 20), ("u", 20)):
            driver.execute_async_script(PRESSED, key)
            spent = [driver.execute_async_script(PRESSED, key) for _ in range(count)]
            for name, column in zip(("script", "layout", "frame"), zip(*spent, strict=True), strict=True):
                print(
                    f"key {key}, to {name:7} median {statistics.median(column):5.0f} ms, worst {max(column):.0f}"
                )
        frames = driver.execute_async_script(SCROLLED)
        print(
            f"a frame of scrolling   median {statistics.median(frames):.0f} ms, "
            f"90% {statistics.quantiles(frames, n=10)[8]:.0f}"
        )


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    if what == "write":
        write(int(sys.argv[2]))
    elif what == "keys":
        keys(*sys.argv[2:3], *map(int, sys.argv[3:4]))
    elif what in ("page", "memory", "formats"):
        globals()[what]()
    else:
        sys.exit(__doc__)
