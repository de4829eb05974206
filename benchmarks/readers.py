"""How long reading takes, and how much memory: a 300-page pair as DOCX and as PDF, a large translation memory.

python benchmarks/readers.py [--units 400000] [--pdf]

--pdf: the pair of PDF files alone, set by ReportLab from the documents of ``benchmarks/judge``.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ZH = "加快推进重点工程建设，完善基础设施网络，提高公共服务水平，全年完成投资{}亿元，增长5.2%。" * 3
EN = (
    "We advanced key projects, improved infrastructure networks and public services, and invested {} billion yuan. "
    * 4
)
PAGES, PARAGRAPHS = 300, 8  # a page of a plan holds about eight paragraphs


def docx(path: Path, text: str) -> None:
    """A document of so many pages, with a footnote on each."""
    body = []
    notes = []
    for number in range(PAGES * PARAGRAPHS):
        note = ""
        if number % PARAGRAPHS == 0:
            note = f'<w:r><w:footnoteReference w:id="{number + 2}"/></w:r>'
            notes.append(
                f'<w:footnote w:id="{number + 2}"><w:p><w:r><w:t>Note.</w:t></w:r></w:p></w:footnote>'
            )
        runs = "".join(
            f"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{p}</w:t></w:r>"
            for p in _thirds(text.replace("{}", str(number)))
        )
        body.append(f"<w:p><w:pPr><w:jc w:val='both'/></w:pPr>{runs}{note}</w:p>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>"
        )
        package.writestr("word/footnotes.xml", f"<w:footnotes {W}>{''.join(notes)}</w:footnotes>")


def pdf(folder: Path, language: str) -> Path:
    """A document of so many pages or a few more: those of the word model's, one after the other."""
    sys.path.insert(0, str(ROOT))
    from tests.readers import builders

    texts = [
        line.strip()
        for path in sorted((ROOT / "benchmarks" / "judge" / "documents").glob(f"*.{language}.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    left = PAGES * (840 if language == "zh" else 2_450)  # characters, of which a page holds so many
    blocks = []
    for text in itertools.cycle(texts):
        if left <= 0:
            break
        left -= len(text)
        blocks.append(("heading" if len(text) < 30 else "paragraph", text))
    return builders.printed(1.25)(folder, language, blocks)


def _thirds(text: str) -> list[str]:
    third = len(text) // 3
    return [text[:third], text[third : 2 * third], text[2 * third :]]


def tmx(path: Path, units: int) -> None:
    """A translation memory of so many units."""
    with path.open("w", encoding="utf-8") as handle:
        handle.write(
            '<?xml version="1.0" encoding="UTF-8"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1"'
            ' segtype="sentence" o-tmf="x" adminlang="en" srclang="zh-CN" datatype="plaintext"/><body>\n'
        )
        for number in range(units):
            handle.write(
                f'<tu tuid="u{number}"><tuv xml:lang="zh-CN"><seg>新建口袋公园{number}处，完善<bpt i="1"/>配套'
                f'<ept i="1"/>设施。</seg></tuv><tuv xml:lang="en"><seg>We built {number} pocket parks and improved '
                f'<bpt i="1"/>their<ept i="1"/> facilities.</seg></tuv></tu>\n'
            )
        handle.write("</body></tmx>\n")


MEASURE = """
import resource, sys, time
from pathlib import Path
from aligncheck.readers import read, stream
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
start = time.perf_counter()
if sys.argv[1] == "stream":
    count = sum(1 for _ in stream(Path(sys.argv[2])))
else:
    count = sum(len(read(Path(p)).blocks) for p in sys.argv[2:])
seconds = time.perf_counter() - start
cpu = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{count:,} blocks or units, {seconds:.1f} s ({cpu:.1f} s of processor time with start-up), peak {peak:.0f} MB (of which {base:.0f} MB before reading)")
"""


def measure(what: str, *paths: Path) -> str:
    """Run in a process of its own, so that memory is that of reading alone."""
    command = [sys.executable, "-c", MEASURE, what, *map(str, paths)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    """Make the files and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=400_000)
    parser.add_argument("--pdf", action="store_true")
    arguments = parser.parse_args()
    units = arguments.units
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = [pdf(folder, language) for language in ("zh", "en")]
        pages = [path.read_bytes().count(b"/Type /Page\n") for path in made]
        print(f"PDF pair of {pages[0]} and {pages[1]} pages:", measure("read", *made))
        if arguments.pdf:
            return
        docx(folder / "zh.docx", ZH)
        docx(folder / "en.docx", EN)
        print(f"DOCX pair of {PAGES} pages:", measure("read", folder / "zh.docx", folder / "en.docx"))
        started = time.perf_counter()
        tmx(folder / "a.tmx", units)
        print(f"(made a memory of {units:,} units in {time.perf_counter() - started:.1f} s)", file=sys.stderr)
        print(f"TMX of {units:,} units, streamed:", measure("stream", folder / "a.tmx"))


if __name__ == "__main__":
    main()
