"""Draw the rooms of the house and the way of a sentence through them: docs/images/architecture.svg.

python docs/make_picture.py
"""

# ruff: noqa: E501 - a floor a line
from __future__ import annotations

from pathlib import Path

from lxml import etree

PICTURE = Path(__file__).resolve().parent / "images" / "architecture.svg"

#: Floors from the top; what stands lower knows nothing of what stands above it.
FLOORS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("cli", "commands"), ("lsp", "editors"), ("archive", "gate, audit"), ("testing", "for check writers")),
    (("engine", "read, align, check, report"), ("batches", "very large files")),
    (("running", "runs the checks"), ("second", "a second reader"), ("reports", "all formats"), ("waivers", "accepted")),
    (("checks", "hits, settled to findings"),),
    (("judge", "how sure it is"),),
    (("pairing", "beads and links"), ("memory", "precedents"), ("signature", "made with what")),
    (("readers", "files"), ("segment", "sentences"), ("encode", "vectors"), ("terms", "glossary"), ("facts", "figures"), ("words", "forms")),
    (("model", "frozen, typed data"), ("config", "settings"), ("language", "both tongues"), ("registry", "plug-ins")),
)  # fmt: skip
#: The way of a sentence.
WAY = ("readers", "segment", "pairing", "judge", "checks", "running", "engine", "reports")

_WIDTH, _ROW, _BOX, _GAP, _HIGH = 980, 78, 148, 12, 52
_STYLE = """
text { font: 14px system-ui, sans-serif; fill: #1b1f24; text-anchor: middle }
.small { font-size: 11px; fill: #57606a }
rect { fill: #f6f8fa; stroke: #8c959f; rx: 6px }
.way rect { fill: #ddf4ff; stroke: #0969da }
circle { fill: #0969da } .number { fill: #fff; font-size: 11px; font-weight: 600 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .small { fill: #9198a1 }
  rect { fill: #151b23; stroke: #656c76 } .way rect { fill: #0c2d6b; stroke: #4493f8 }
}
"""


def picture() -> bytes:
    """The picture as SVG."""
    height = len(FLOORS) * _ROW + _GAP
    root = etree.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {height}", role="img"
    )
    etree.SubElement(root, "title").text = "The rooms of aligncheck, and the way of a sentence through them"
    etree.SubElement(root, "style").text = _STYLE
    for floor, rooms in enumerate(FLOORS):
        left = (_WIDTH - len(rooms) * (_BOX + _GAP) + _GAP) / 2
        for index, (name, what) in enumerate(rooms):
            _room(root, left + index * (_BOX + _GAP), _GAP + floor * _ROW, name, what)
    return bytes(etree.tostring(root, pretty_print=True))


def _room(root: etree._Element, x: float, y: float, name: str, what: str) -> None:
    group = etree.SubElement(root, "g")
    etree.SubElement(group, "rect", x=f"{x:g}", y=f"{y:g}", width=str(_BOX), height=str(_HIGH))
    middle = f"{x + _BOX / 2:g}"
    etree.SubElement(group, "text", x=middle, y=f"{y + 22:g}").text = name
    etree.SubElement(group, "text", {"class": "small"}, x=middle, y=f"{y + 40:g}").text = what
    if name in WAY:
        group.set("class", "way")
        etree.SubElement(group, "circle", cx=f"{x:g}", cy=f"{y:g}", r="10")
        number = str(WAY.index(name) + 1)
        etree.SubElement(group, "text", {"class": "number"}, x=f"{x:g}", y=f"{y + 4:g}").text = number


if __name__ == "__main__":
    PICTURE.write_bytes(picture())
