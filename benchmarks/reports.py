"""Measure the reports: the page in a headless Chromium, the memory of the XML writer, the time of each format.

python benchmarks/reports.py page     first paint and filtering, 5,000 pairs and 2,000 findings
python benchmarks/reports.py memory   peak memory of writing 10,000 to 1,000,000 pairs as XML
python benchmarks/reports.py formats  seconds and bytes of every format
"""

from __future__ import annotations

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

from aligncheck.model import Bead, Link, SpanRef
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
TIMED = """
const [selector, done] = arguments;
requestAnimationFrame(() => requestAnimationFrame(() => {
  const start = performance.now();
  document.querySelector(selector.trim()).click();
  document.body.offsetHeight;
  done(performance.now() - start);
}));
"""


def page() -> None:
    """First paint, and the time from a click to the laid-out page."""
    from tests.browser.conftest import FLAGS, _binary

    from selenium import webdriver  # isort: skip

    started = time.perf_counter()
    data = b"".join(html_report.render(large_report()))
    print(f"rendered in {time.perf_counter() - started:.2f} s, {len(data) / 1e6:.1f} MB")
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
            paints, ready, times = [], [], {name: [] for name in SELECTORS}  # type: ignore[var-annotated]
            for _ in range(RUNS):
                driver.get("about:blank")
                driver.get(path.as_uri())
                paints.append(
                    driver.execute_script(
                        "return performance.getEntriesByName('first-contentful-paint')[0].startTime"
                    )
                )
                ready.append(
                    driver.execute_script("return performance.getEntriesByType('navigation')[0].domComplete")
                )
                for name, selector in SELECTORS.items():
                    times[name].append(driver.execute_async_script(TIMED, selector))
        finally:
            driver.quit()
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


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    if what == "write":
        write(int(sys.argv[2]))
    elif what in ("page", "memory", "formats"):
        globals()[what]()
    else:
        sys.exit(__doc__)
