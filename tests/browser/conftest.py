"""A headless Chromium that must not reach the network, and pages made from reports."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import aligncheck
from aligncheck.model import Report
from aligncheck.reports.html_report import render
from tests.reports import sample

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --hide-scrollbars --lang=en-US --window-size=1500,950"
).split()
ROOT = Path(__file__).resolve().parents[2]


def example_report() -> Report:
    """The report on the example's draft, as the command makes it."""
    return aligncheck.check(ROOT / "examples" / "report.zh.txt", ROOT / "examples" / "draft.en.txt")


MAKERS: dict[str, Callable[[], Report]] = {
    "sample": sample.sample_report,
    "worded": sample.worded_report,
    "single": sample.single_report,
    "empty": sample.empty_report,
    "hostile": sample.hostile_report,
    "one_sided": sample.one_sided_report,
    "large": sample.large_report,
    "middle": lambda: sample.large_report(600, 120),
    "example": example_report,
}


class Browser:
    """A window of the browser with what the tests ask of it."""

    def __init__(self, driver: Any, folder: Path) -> None:
        self.driver = driver
        self.folder = folder
        self._made: dict[str, Path] = {}

    def page(self, name: str) -> Path:
        """The page of a sample report, rendered once."""
        if name not in self._made:
            path = self.folder / f"{name}.html"
            path.write_bytes(b"".join(render(MAKERS[name]())))
            self._made[name] = path
        return self._made[name]

    def open(self, name: str, fragment: str = "", fresh: bool = True) -> None:
        """Open a page, by default as if for the first time."""
        url = self.page(name).as_uri()
        if fresh:
            if not str(self.driver.current_url).startswith("file:"):
                self.driver.get(self.page("empty").as_uri())
            self.run("localStorage.clear()")  # all pages from files share it
        self.driver.get("about:blank")
        self.logs()
        self.driver.get(url + fragment)
        self.run("document.documentElement.style.scrollBehavior = 'auto'")

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def key(self, key: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(key).perform()

    def size(self, width: int, height: int = 950, touch: bool = False) -> None:
        """The window's size, until the test ends."""
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=touch,
        )

    def click(self, selector: str) -> None:
        self.driver.find_element("css selector", selector).click()

    def shown(self) -> list[int]:
        """The numbers of the findings in the list."""
        return list(
            self.run(
                "return [...document.getElementById('cards').children].flatMap((e, n) => e.hidden ? [] : [n])"
            )
        )

    def cdp(self, command: str, **parameters: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, parameters)

    def logs(self) -> list[Any]:
        """Console messages since the last look."""
        return list(self.driver.get_log("browser"))

    def requests(self) -> list[str]:
        """The addresses asked for since the last look."""
        events = (json.loads(e["message"])["message"] for e in self.driver.get_log("performance"))
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def shot(self, name: str) -> None:
        """Save a screenshot (into ALIGNCHECK_SHOTS, if that is set)."""
        folder = Path(os.environ.get("ALIGNCHECK_SHOTS") or self.folder)
        folder.mkdir(parents=True, exist_ok=True)
        assert self.driver.save_screenshot(str(folder / f"{name}.png"))


def _binary(*names: str) -> str:
    return next((found for n in names if (found := shutil.which(n))), "")


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of the session."""
    webdriver = pytest.importorskip("selenium.webdriver")
    chromium = _binary("chromium", "chromium-browser", "google-chrome")
    driver_binary = _binary("chromedriver")
    if not chromium or not driver_binary:
        pytest.skip("no Chromium with its driver here")
    folder = tmp_path_factory.mktemp("browser")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver_binary))
    try:
        driver.set_script_timeout(60)
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 1500, "height": 950, "deviceScaleFactor": 1, "mobile": False},
        )
        yield Browser(driver, folder)
    finally:
        driver.quit()


@pytest.fixture
def browser(window: Browser) -> Iterator[Browser]:
    """The browser, in its usual state again after the test."""
    yield window
    window.cdp("Emulation.setScriptExecutionDisabled", value=False)
    window.cdp("Emulation.setEmulatedMedia", media="", features=[])
    window.size(1500)
