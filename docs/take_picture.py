"""Make the README's picture from the README's own command.

python docs/take_picture.py            run the command, photograph the page
python docs/take_picture.py --check    exit 1 when the picture shows other counts than the command gives

The counts that the page shows are kept in the picture itself, as a text chunk of the PNG.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import struct
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "report.png"
KEY = b"Comment"
FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run --hide-scrollbars --lang=en-US".split()
SIZE = (1500, 950)


def command() -> list[str]:
    """The arguments of the check that the README shows first."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- main-command -->(.*?)<!-- /main-command -->", text, re.DOTALL)
    assert block is not None
    line = next(row for row in block[1].splitlines() if "aligncheck check" in row)
    return shlex.split(line)[1:]


def page(folder: Path) -> str:
    """The page that the command writes."""
    from aligncheck.cli import main

    here = Path.cwd()
    os.chdir(ROOT)  # the page names the documents as the command does
    try:
        if main([*command(), "-f", "html", "-o", str(folder), "-q", "--lang", "en"]) not in (0, 1):
            raise SystemExit("the README's command fails")
    finally:
        os.chdir(here)
    return next(folder.glob("*.html")).read_text(encoding="utf-8")


def counts(text: str) -> str:
    """What a page says first: ``26 major, 22 minor``."""
    found = re.findall(r'<li class="(critical|major|minor)"><b>(\d+)</b>', text)
    return ", ".join(f"{number} {name}" for name, number in found)


def shown(picture: bytes) -> str:
    """The counts that a picture was made of."""
    at = picture.find(b"tEXt" + KEY + b"\0")
    if at < 0:
        return ""
    (length,) = struct.unpack(">I", picture[at - 4 : at])
    return picture[at + 4 + len(KEY) + 1 : at + 4 + length].decode()


def with_counts(picture: bytes, text: str) -> bytes:
    """The PNG with a text chunk behind its head."""
    body = b"tEXt" + KEY + b"\0" + text.encode()
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    end = 8 + 25  # the signature, and the head, which is always as long
    return picture[:end] + chunk + picture[end:]


def photograph(path: Path) -> bytes:
    """The page as a reader first works with it: at the texts, the first finding chosen."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.action_chains import ActionChains

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, f"--window-size={SIZE[0]},{SIZE[1]}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        driver.get(path.as_uri())
        ActionChains(driver).send_keys("j").send_keys("j").perform()
        driver.execute_script("document.getElementById('desk').scrollIntoView()")
        return bytes(driver.get_screenshot_as_png())
    finally:
        driver.quit()


def main(arguments: list[str]) -> int:
    """Make or check."""
    with tempfile.TemporaryDirectory() as name:
        text = page(Path(name))
        told, now = shown(PICTURE.read_bytes()), counts(text)
        if "--check" in arguments:
            if told != now:
                print(f"the picture shows {told or 'nothing known'}, the command gives {now}")
                print("run python docs/take_picture.py")
            return int(told != now)
        PICTURE.write_bytes(with_counts(photograph(next(Path(name).glob("*.html"))), now))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
