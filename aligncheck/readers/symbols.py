"""Characters of symbol fonts, which lie in the private area, as the characters that they show."""

from __future__ import annotations

#: Adobe's Symbol encoding from 0x20 on (Unicode mapping file of Adobe, public); a blank stands for none.
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ "
    "                                 ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
)
#: The signs of Wingdings that stand in running text: marks, arrows, boxes.
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA7: "▪",
    0xA8: "◻", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def symbol(sign: str, font: str) -> str:
    """The character that a code of a symbol font shows; the code itself where the font is another or has none."""
    code = ord(sign) - 0xF000 if "\uf020" <= sign <= "\uf0ff" else ord(sign) if len(sign) == 1 else -1
    if font.lower() == "symbol" and 0x20 <= code < 0x20 + len(_SYMBOL) and _SYMBOL[code - 0x20] != " ":
        return _SYMBOL[code - 0x20]
    if font.lower() == "wingdings":
        return _WINGDINGS.get(code, sign)
    return sign
