"""Numbers in words, both languages: read and written.

Chinese numerals follow GB/T 15835 and common speech (一百五 is 150); English number words follow the
usual short scale (a billion is 10**9).
"""

# ruff: noqa: E501 - word lists read better unbroken
from __future__ import annotations

import re
from fractions import Fraction

Number = int | Fraction

HAN_DIGITS = {
    "〇": 0, "零": 0, "○": 0, "一": 1, "壹": 1, "幺": 1, "二": 2, "贰": 2, "貳": 2, "两": 2, "兩": 2, "俩": 2,
    "三": 3, "叁": 3, "參": 3, "四": 4, "肆": 4, "五": 5, "伍": 5, "六": 6, "陆": 6, "陸": 6, "七": 7,
    "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
HAN_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
HAN_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
HAN_TENS = {"廿": 20, "卅": 30}
HAN_MAGNITUDES = HAN_UNITS | HAN_SCALES
HAN_CHARS = "".join([*HAN_DIGITS, *HAN_UNITS, *HAN_SCALES, *HAN_TENS])


def parse_han(text: str) -> int | None:
    """The whole number that Chinese numerals say; None for what is none.

    ``二〇二四`` and ``一二三四五`` are read digit by digit; ``千亿`` is 10**11; ``三万五`` is 35,000.
    """
    if not text:
        return None
    if all(c in HAN_DIGITS for c in text):
        return int("".join(str(HAN_DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    last_unit = 0
    zero = False
    for c in text:
        if c in HAN_DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = HAN_DIGITS[c]
            zero = zero or digit == 0
        elif c in HAN_TENS:
            if digit:
                return None
            section, digit, last_unit = section + HAN_TENS[c], None, 10
        elif c in HAN_UNITS:
            unit = HAN_UNITS[c]
            if last_unit and unit >= last_unit and not digit and section:
                # 百万 has its unit first; 十百 is no number
                return None
            section += (digit if digit else 1) * unit
            digit, last_unit, zero = None, unit, False
        elif c in HAN_SCALES:
            scale = HAN_SCALES[c]
            section += digit or 0
            if section == 0:
                if total == 0:
                    section = 1
                elif total < scale:  # 万亿
                    total *= scale
                    last_unit, digit, zero = scale, None, False
                    continue
                else:
                    return None
            if total and total < scale:
                total = (total + section) * scale
            else:
                total += section * scale
            section, digit, last_unit, zero = 0, None, scale, False
        else:
            return None
    if digit is not None:
        if digit and last_unit >= 100 and not zero:
            section += digit * last_unit // 10
        else:
            section += digit
    return total + section


def to_han(value: int) -> str:
    """A whole number below 10**16 in Chinese numerals.

    Raises:
        ValueError: negative, or too large.
    """
    if value < 0 or value >= 10**16:
        raise ValueError(f"cannot be written: {value}")
    if value == 0:
        return "零"
    if value >= 10**8:
        high, low = divmod(value, 10**8)
        return _join(to_han(high) + "亿", low, 10**7)
    if value >= 10**4:
        high, low = divmod(value, 10**4)
        return _join(_section(high) + "万", low, 10**3)
    return _section(value)


def _join(head: str, low: int, full: int) -> str:
    if low == 0:
        return head
    tail = to_han(low)
    if tail.startswith("十"):
        tail = "一" + tail
    return head + ("零" if low < full else "") + tail


def _section(value: int) -> str:
    out, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            out += ("零" if zero and out else "") + "零一二三四五六七八九"[digit] + sign
            zero = False
        else:
            zero = True
    return out[1:] if out.startswith("一十") else out


ONES = {w: i for i, w in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"])}  # fmt: skip
TENS = {w: 10 * i for i, w in enumerate(
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)} | {"fourty": 40}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ORDINAL_ONES = {w: i for i, w in enumerate(
    ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"])} | {"forth": 4, "nineth": 9}  # fmt: skip
ORDINAL_TENS = {w: 10 * i for i, w in enumerate(
    ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"], 2)}  # fmt: skip
ORDINAL_SCALES = {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}

_TOKEN = re.compile(r"[a-z]+")


def parse_words(text: str) -> Number | None:
    """The cardinal that English words say (``two hundred and five``); None for what is none."""
    total = current = 0
    seen = False
    for word in _TOKEN.findall(text.lower()):
        if word in ONES:
            current += ONES[word]
        elif word in TENS:
            current += TENS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total += (current or 1) * SCALES[word]
            current = 0
        elif word in ("dozen", "dozens"):
            current = (current or 1) * 12
        elif word in ("and", "a", "an"):
            continue
        else:
            return None
        seen = True
    return total + current if seen else None


def parse_ordinal_words(text: str) -> int | None:
    """The ordinal that English words say (``twenty-first``, ``one hundredth``)."""
    words = _TOKEN.findall(text.lower())
    if not words:
        return None
    head, last = words[:-1], words[-1]
    base = parse_words(" ".join(head)) if head else 0
    if base is None:
        return None
    if last in ORDINAL_ONES:
        return int(base) + ORDINAL_ONES[last]
    if last in ORDINAL_TENS:
        return int(base) + ORDINAL_TENS[last]
    if last in ORDINAL_SCALES:
        return int(base or 1) * ORDINAL_SCALES[last]
    return None


_WORD_ONES = {v: k for k, v in ONES.items()}
_WORD_TENS = {v: k for k, v in TENS.items() if k != "fourty"}


def to_words(value: int) -> str:
    """A whole number below 10**15 in English words.

    Raises:
        ValueError: negative, or too large.
    """
    if value < 0 or value >= 10**15:
        raise ValueError(f"cannot be written: {value}")
    if value < 20:
        return _WORD_ONES[value]
    if value < 100:
        tens, ones = value - value % 10, value % 10
        return _WORD_TENS[tens] + (f"-{_WORD_ONES[ones]}" if ones else "")
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        return f"{_WORD_ONES[hundreds]} hundred" + (f" and {to_words(rest)}" if rest else "")
    for scale, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if value >= scale:
            head, rest = divmod(value, scale)
            joint = " and " if 0 < rest < 100 else " "
            return f"{to_words(head)} {word}" + (joint + to_words(rest) if rest else "")
    raise AssertionError(value)


_ORDINAL_WORDS = {v: k for k, v in ORDINAL_ONES.items() if k not in ("forth", "nineth")} | {
    v: k for k, v in ORDINAL_TENS.items()
}


def to_ordinal_words(value: int) -> str:
    """An ordinal from 1 to 999 in words: ``twenty-first``; beyond that ``1,000th``."""
    if value in _ORDINAL_WORDS:
        return _ORDINAL_WORDS[value]
    if value < 100:
        return f"{_WORD_TENS[value - value % 10]}-{_ORDINAL_WORDS[value % 10]}"
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        head = f"{_WORD_ONES[hundreds]} hundred"
        return f"{head} and {to_ordinal_words(rest)}" if rest else f"{head}th"
    return to_ordinal(value)


def to_ordinal(value: int) -> str:
    """``1st``, ``2nd``, ``13th``, ``1,000th``."""
    suffix = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value:,}{suffix}"


_ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]  # fmt: skip


def to_roman(value: int) -> str:
    """A number from 1 to 3999 in Roman numerals."""
    out = ""
    for unit, sign in _ROMAN:
        count, value = divmod(value, unit)
        out += sign * count
    return out


def parse_roman(text: str) -> int | None:
    """The value of a well-formed Roman numeral."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    total = 0
    for i, c in enumerate(text):
        if c not in values:
            return None
        worth = values[c]
        total += -worth if i + 1 < len(text) and values.get(text[i + 1], 0) > worth else worth
    return total if total and to_roman(total) == text else None


#: Fractions of one sign.
VULGAR_FRACTIONS = {
    "¼": Fraction(1, 4), "½": Fraction(1, 2), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
VULGAR = re.compile("[" + "".join(VULGAR_FRACTIONS) + "]")


#: The worth of the last of so many digits behind the point.
_STEPS: tuple[Number, ...] = (1, *(Fraction(1, 10**n) for n in range(1, 13)))


def decimal(text: str) -> Number:
    """A string of digits, commas, white space and at most one point, exactly."""
    if not text.isdigit():
        text = "".join(text.replace(",", "").replace("，", "").split())
    if "." not in text:
        return int(text)
    head, _, tail = text.partition(".")
    value = Fraction(int(head + tail), 10 ** len(tail))
    return value.numerator if value.denominator == 1 else value


def worth_of_last(digits: int) -> Number:
    """The worth of the last of ``digits`` digits behind the point: 1, 1/10, 1/100."""
    return _STEPS[digits] if digits < len(_STEPS) else Fraction(1, 10**digits)


def part(value: Number, of: int) -> Number:
    """A number divided by a whole one: 52 percent as 13/25."""
    found = (
        Fraction(value, of) if isinstance(value, int) else Fraction(value.numerator, value.denominator * of)
    )
    return found.numerator if found.denominator == 1 else found
