"""Measure units: what they measure, how they convert, how each language writes them."""

# ruff: noqa: E501 - patterns and tables read better unbroken
from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

F = Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``factor`` leads to the base unit of its ``dimension`` (metre, square metre, gram …).

    ``english`` is how to write it after a number (plural).  Exact factors are legal definitions;
    a mu is 1/15 hectare.
    """

    id: str
    dimension: str
    factor: int | Fraction
    english: str
    chinese: str


_ROWS: list[tuple[str, str, int | Fraction, str, str]] = [
    # length, in metres
    ("km", "length", 1000, "kilometers", "公里"),
    ("m", "length", 1, "meters", "米"),
    ("cm", "length", F(1, 100), "centimeters", "厘米"),
    ("mm", "length", F(1, 1000), "millimeters", "毫米"),
    ("um", "length", F(1, 10**6), "micrometers", "微米"),
    ("nm", "length", F(1, 10**9), "nanometers", "纳米"),
    ("nmi", "length", 1852, "nautical miles", "海里"),
    ("mile", "length", F("1609.344"), "miles", "英里"),
    ("foot", "length", F("0.3048"), "feet", "英尺"),
    ("inch", "length", F("0.0254"), "inches", "英寸"),
    ("yard", "length", F("0.9144"), "yards", "码"),
    ("li", "length", 500, "li", "里"),
    ("zhang", "length", F(10, 3), "zhang", "丈"),
    ("chi", "length", F(1, 3), "chi", "尺"),
    ("cun", "length", F(1, 30), "cun", "寸"),
    # area, in square metres
    ("km2", "area", 10**6, "square kilometers", "平方公里"),
    ("m2", "area", 1, "square meters", "平方米"),
    ("cm2", "area", F(1, 10**4), "square centimeters", "平方厘米"),
    ("ha", "area", 10**4, "hectares", "公顷"),
    ("mu", "area", F(10**4, 15), "mu", "亩"),
    ("qing", "area", F(10**6, 15), "qing", "顷"),
    ("acre", "area", F("4046.8564224"), "acres", "英亩"),
    ("mile2", "area", F("2589988.110336"), "square miles", "平方英里"),
    ("foot2", "area", F("0.09290304"), "square feet", "平方英尺"),
    # volume, in cubic metres
    ("m3", "volume", 1, "cubic meters", "立方米"),
    ("km3", "volume", 10**9, "cubic kilometers", "立方公里"),
    ("cm3", "volume", F(1, 10**6), "cubic centimeters", "立方厘米"),
    ("l", "volume", F(1, 1000), "liters", "升"),
    ("ml", "volume", F(1, 10**6), "milliliters", "毫升"),
    ("barrel", "volume", F("0.158987294928"), "barrels", "桶"),
    ("gallon", "volume", F("0.003785411784"), "gallons", "加仑"),
    # mass, in grams
    ("t", "mass", 10**6, "tons", "吨"),
    ("kg", "mass", 1000, "kilograms", "公斤"),
    ("g", "mass", 1, "grams", "克"),
    ("mg", "mass", F(1, 1000), "milligrams", "毫克"),
    ("ug", "mass", F(1, 10**6), "micrograms", "微克"),
    ("jin", "mass", 500, "jin", "斤"),
    ("liang", "mass", 50, "liang", "两"),
    ("dan", "mass", 50000, "dan", "担"),
    ("lb", "mass", F("453.59237"), "pounds", "磅"),
    ("oz", "mass", F("28.349523125"), "ounces", "盎司"),
    ("tce", "coal", 1, "tons of standard coal", "吨标准煤"),
    # concentration, in micrograms a cubic metre
    ("ug/m3", "concentration", 1, "μg/m3", "微克/立方米"),
    ("mg/m3", "concentration", 1000, "mg/m3", "毫克/立方米"),
    ("mg/l", "concentration", 10**6, "mg/L", "毫克/升"),
    # energy, in kilowatt-hours; power, in kilowatts
    ("kwh", "energy", 1, "kilowatt-hours", "千瓦时"),
    ("mwh", "energy", 1000, "megawatt-hours", "兆瓦时"),
    ("gwh", "energy", 10**6, "gigawatt-hours", "吉瓦时"),
    ("twh", "energy", 10**9, "terawatt-hours", "太瓦时"),
    ("w", "power", F(1, 1000), "watts", "瓦"),
    ("kw", "power", 1, "kilowatts", "千瓦"),
    ("mw", "power", 1000, "megawatts", "兆瓦"),
    ("gw", "power", 10**6, "gigawatts", "吉瓦"),
    ("kv", "voltage", 1, "kilovolts", "千伏"),
    ("v", "voltage", F(1, 1000), "volts", "伏"),
    ("c", "temperature", 1, "degrees Celsius", "摄氏度"),
    ("f", "fahrenheit", 1, "degrees Fahrenheit", "华氏度"),
    ("degree", "angle", 1, "degrees", "度"),
    # frequency, memory
    ("hz", "frequency", 1, "Hz", "赫兹"),
    ("khz", "frequency", 1000, "kHz", "千赫"),
    ("mhz", "frequency", 10**6, "MHz", "兆赫"),
    ("ghz", "frequency", 10**9, "GHz", "吉赫"),
    ("kb", "memory", F(1, 1000), "KB", "千字节"),
    ("mb", "memory", 1, "MB", "兆字节"),
    ("gb", "memory", 1000, "GB", "吉字节"),
    ("tb", "memory", 10**6, "TB", "太字节"),
    # data and speed
    ("bit/s", "rate", F(1, 10**6), "bps", "比特每秒"),
    ("mbit/s", "rate", 1, "Mbps", "兆比特每秒"),
    ("gbit/s", "rate", 1000, "Gbps", "吉比特每秒"),
    ("kmh", "speed", 1, "kilometers per hour", "公里/小时"),
    ("mph", "speed", F("1.609344"), "miles per hour", "英里/小时"),
    ("m/s", "speed", F("3.6"), "meters per second", "米/秒"),
    ("pflops", "computing", 1, "petaflops", "P"),
    # time: seconds and days, months and years; the two do not convert exactly
    ("second", "time", 1, "seconds", "秒"),
    ("minute", "time", 60, "minutes", "分钟"),
    ("hour", "time", 3600, "hours", "小时"),
    ("day", "time", 86400, "days", "天"),
    ("workday", "workdays", 1, "working days", "个工作日"),
    ("week", "time", 7 * 86400, "weeks", "周"),
    ("month", "time", 2629800, "months", "个月"),
    ("quarter", "time", 7889400, "quarters", "个季度"),
    ("year", "time", 31557600, "years", "年"),
    ("decade", "time", 315576000, "decades", "十年"),
    ("century", "time", 3155760000, "centuries", "世纪"),
    # money
    ("cny", "cny", 1, "yuan", "元"),
    ("cent", "cny", F(1, 100), "fen", "分"),
    ("jiao", "cny", F(1, 10), "jiao", "角"),
    ("usd", "usd", 1, "U.S. dollars", "美元"),
    ("eur", "eur", 1, "euros", "欧元"),
    ("gbp", "gbp", 1, "pounds sterling", "英镑"),
    ("jpy", "jpy", 1, "Japanese yen", "日元"),
    ("hkd", "hkd", 1, "Hong Kong dollars", "港元"),
    ("mop", "mop", 1, "Macao patacas", "澳门元"),
    ("twd", "twd", 1, "New Taiwan dollars", "新台币"),
    ("krw", "krw", 1, "Korean won", "韩元"),
    ("rub", "rub", 1, "rubles", "卢布"),
    ("aud", "aud", 1, "Australian dollars", "澳元"),
    ("cad", "cad", 1, "Canadian dollars", "加元"),
    ("sgd", "sgd", 1, "Singapore dollars", "新加坡元"),
    ("chf", "chf", 1, "Swiss francs", "瑞士法郎"),
    ("inr", "inr", 1, "Indian rupees", "卢比"),
    ("dollar", "dollar", 1, "dollars", "元"),
    ("yuan", "yuan", 1, "dollars", "元"),  # 元 in a text of Hong Kong, Macao or Taiwan
    ("age", "age", 1, "years old", "岁"),
]

UNITS: dict[str, Unit] = {row[0]: Unit(*row) for row in _ROWS}

#: Dimensions of money: no fixed rate leads from one to another.
MONEY = frozenset(u.dimension for u in UNITS.values() if u.id in (
    "cny", "usd", "eur", "gbp", "jpy", "hkd", "mop", "twd", "krw", "rub", "aud", "cad", "sgd", "chf", "inr",
    "dollar", "yuan",
))  # fmt: skip

#: Chinese spellings; longer ones win.
CHINESE: dict[str, str] = {u.chinese: u.id for u in UNITS.values() if u.id not in ("dollar", "yuan", "liang")} | {
    "千米": "km", "㎞": "km", "km": "km", "华里": "li", "公分": "cm", "毫米": "mm", "英呎": "foot",
    "平方千米": "km2", "㎡": "m2", "m²": "m2", "平米": "m2", "平方公尺": "m2", "方": "m3", "立方": "m3",
    "市亩": "mu", "公亩": "are", "m³": "m3", "千克": "kg", "kg": "kg", "市斤": "jin",
    "公升": "l", "万吨标煤": "", "吨标煤": "tce", "吨煤": "t",
    "微克每立方米": "ug/m3", "μg/m³": "ug/m3", "µg/m³": "ug/m3", "ug/m3": "ug/m3", "μg/m3": "ug/m3", "毫克每升": "mg/l",
    "度电": "kwh", "kWh": "kwh", "kwh": "kwh", "千瓦小时": "kwh", "MW": "mw", "kV": "kv", "℃": "c", "°C": "c",
    "Mbps": "mbit/s", "Gbps": "gbit/s", "公里每小时": "kmh", "千米/小时": "kmh", "千米每小时": "kmh",
    "PFLOPS": "pflops", "PFlops": "pflops",
    "秒钟": "second", "分钟": "minute", "个小时": "hour", "小时": "hour", "钟头": "hour", "个钟头": "hour",
    "天": "day", "日": "day", "个工作日": "workday", "工作日": "workday", "周": "week", "星期": "week", "个星期": "week",
    "个月": "month", "个季度": "quarter", "年": "year", "周年": "year", "个年头": "year", "载": "year", "个世纪": "century",
    "世纪": "century", "元人民币": "cny", "块钱": "cny", "块": "cny", "圆": "cny", "元": "cny", "人民币": "cny", "角": "jiao",
    "毛钱": "jiao", "美金": "usd", "港币": "hkd", "澳门币": "mop", "日圆": "jpy",
    "加拿大元": "cad", "澳大利亚元": "aud", "韩圆": "krw", "马克": "",
    "周岁": "age", "岁": "age",
}  # fmt: skip
CHINESE |= {k: k.lower() for k in ("mm", "cm", "km", "mg", "ml", "g", "t", "m")} | {
    "mL": "ml",
    "L": "l",
    "GW": "gw",
    "m2": "m2",
    "km2": "km2",
    "km²": "km2",
    "cm2": "cm2",
    "cm²": "cm2",
    "m3": "m3",
    "km3": "km3",
    "cm3": "cm3",
    "cm³": "cm3",
    "Hz": "hz",
    "kHz": "khz",
    "KHz": "khz",
    "MHz": "mhz",
    "GHz": "ghz",
    "兆赫兹": "mhz",
    "千赫兹": "khz",
    "吉赫兹": "ghz",
    "KB": "kb",
    "MB": "mb",
    "GB": "gb",
    "TB": "tb",
    "港元": "hkd",
    "新台币": "twd",
    "英磅": "gbp",
    "kW": "kw",
    "KM": "km",
    "KG": "kg",
}
CHINESE = {k: v for k, v in CHINESE.items() if v in UNITS}

#: English spellings, lower case, singular and plural.
ENGLISH: dict[str, str] = {}


def _english(unit: str, *names: str) -> None:
    for name in names:
        ENGLISH[name] = unit


_english("km", "kilometer", "kilometers", "kilometre", "kilometres", "km", "kms")
_english("m", "meter", "meters", "metre", "metres", "m")
_english("cm", "centimeter", "centimeters", "centimetre", "centimetres", "cm")
_english("mm", "millimeter", "millimeters", "millimetre", "millimetres", "mm")
_english("um", "micrometer", "micrometers", "micrometre", "micron", "microns", "μm")
_english("nm", "nanometer", "nanometers", "nanometre", "nanometres", "nm")
_english("nmi", "nautical mile", "nautical miles")
_english("mile", "mile", "miles")
_english("foot", "foot", "feet", "ft")
_english("inch", "inch", "inches")
_english("yard", "yard", "yards")
_english("li", "li")
_english("zhang", "zhang")
_english("chi", "chi")
_english("cun", "cun")
_english("km2", "square kilometer", "square kilometers", "square kilometre", "square kilometres", "sq km", "sq. km",
         "km2", "km²", "sq kilometers")  # fmt: skip
_english(
    "m2", "square meter", "square meters", "square metre", "square metres", "sq m", "sq. m", "m2", "m²", "sqm"
)
_english("cm2", "square centimeter", "square centimeters")
_english("ha", "hectare", "hectares", "ha")
_english("mu", "mu", "mus")
_english("qing", "qing")
_english("acre", "acre", "acres")
_english("mile2", "square mile", "square miles", "sq mi")
_english("foot2", "square foot", "square feet", "sq ft")
_english("m3", "cubic meter", "cubic meters", "cubic metre", "cubic metres", "m3", "m³")
_english("km3", "cubic kilometer", "cubic kilometers", "cubic kilometre", "cubic kilometres")
_english("l", "liter", "liters", "litre", "litres")
_english("ml", "milliliter", "milliliters", "millilitre", "millilitres", "ml")
_english("barrel", "barrel", "barrels")
_english("gallon", "gallon", "gallons")
_english("t", "ton", "tons", "tonne", "tonnes", "metric ton", "metric tons", "t")
_english("kg", "kilogram", "kilograms", "kilo", "kilos", "kg")
_english("g", "gram", "grams", "g")
_english("mg", "milligram", "milligrams", "mg")
_english("ug", "microgram", "micrograms")
_english("jin", "jin", "catties", "catty")
_english("liang", "liang", "tael", "taels")
_english("dan", "dan")
_english("lb", "pound", "pounds", "lb", "lbs")
_english("oz", "ounce", "ounces")
_english("tce", "tons of standard coal", "tonnes of standard coal", "metric tons of standard coal",
         "tons of coal equivalent", "tonnes of coal equivalent", "tce")  # fmt: skip
_english("ug/m3", "μg/m3", "µg/m3", "μg/m³", "µg/m³", "ug/m3", "micrograms per cubic meter", "micrograms per cubic metre",
         "microgram per cubic meter", "microgrammes per cubic metre", "micrograms a cubic meter")  # fmt: skip
_english("mg/m3", "mg/m3", "mg/m³", "milligrams per cubic meter", "milligrams per cubic metre",
         "milligram per cubic meter")  # fmt: skip
_english("mg/l", "mg/l", "milligrams per liter", "milligrams per litre")
_english(
    "kwh", "kilowatt-hour", "kilowatt-hours", "kilowatt hour", "kilowatt hours", "kwh", "kilowatts-hours"
)
_english("mwh", "megawatt-hour", "megawatt-hours", "megawatt hour", "megawatt hours", "mwh")
_english("gwh", "gigawatt-hour", "gigawatt-hours", "gigawatt hour", "gigawatt hours", "gwh")
_english("twh", "terawatt-hour", "terawatt-hours", "terawatt hour", "terawatt hours", "twh")
_english("w", "watt", "watts")
_english("kw", "kilowatt", "kilowatts", "kw")
_english("mw", "megawatt", "megawatts", "mw")
_english("gw", "gigawatt", "gigawatts", "gw")
_english("kv", "kilovolt", "kilovolts", "kv")
_english("v", "volt", "volts")
_english(
    "c",
    "degrees celsius",
    "degree celsius",
    "degrees centigrade",
    "celsius",
    "centigrade",
    "℃",
    "°c",
    "degrees c",
)
_english("f", "degrees fahrenheit", "degree fahrenheit", "fahrenheit", "°f", "℉", "degrees f")
_english("degree", "degrees", "degree", "°")
_english("mbit/s", "mbps")
_english("gbit/s", "gbps")
_english("kmh", "kilometers per hour", "kilometres per hour", "km/h", "kph", "kilometers an hour", "kilometres an hour",
         "kmph")  # fmt: skip
_english("mph", "miles per hour", "mph", "miles an hour")
_english("m/s", "meters per second", "metres per second", "m/s")
_english("pflops", "petaflops", "pflops")
_english("hz", "hz", "hertz")
_english("khz", "khz", "kilohertz")
_english("mhz", "mhz", "megahertz")
_english("ghz", "ghz", "gigahertz")
_english("kb", "kb", "kilobytes")
_english("mb", "mb", "megabytes", "megabyte")
_english("gb", "gb", "gigabytes", "gigabyte")
_english("tb", "tb", "terabytes", "terabyte")
_english("cm2", "cm2", "cm²")
_english("cm3", "cm3", "cm³", "cubic centimeter", "cubic centimeters", "cubic centimetres")
_english("second", "second", "seconds")
_english("minute", "minute", "minutes", "min", "mins")
_english("hour", "hour", "hours", "hrs", "hr")
_english("day", "day", "days")
_english("workday", "working day", "working days", "workday", "workdays", "business day", "business days")
_english("week", "week", "weeks")
_english("month", "month", "months")
_english("quarter", "quarters")
_english("year", "year", "years")
_english("decade", "decade", "decades")
_english("century", "century", "centuries")
_english("cny", "yuan", "rmb", "rmb yuan", "yuan rmb", "cny", "renminbi", "chinese yuan", "¥", "￥", "kuai")
_english("jiao", "jiao")
_english("cent", "fen")
_english("usd", "us dollars", "u.s. dollars", "us dollar", "u.s. dollar", "usd", "us$", "$", "american dollars", "u.s.$",
         "us $")  # fmt: skip
_english("dollar", "dollars", "dollar")
_english("eur", "euros", "euro", "eur", "€")
_english("gbp", "pounds sterling", "british pounds", "gbp", "£")
_english("jpy", "japanese yen", "yen", "jpy", "jp¥")
_english("hkd", "hong kong dollars", "hong kong dollar", "hkd", "hk$", "hk dollars")
_english("mop", "macao patacas", "patacas", "mop", "macau patacas", "mop$")
_english("twd", "new taiwan dollars", "nt$", "twd", "nt dollars")
_english("krw", "korean won", "won", "krw")
_english("rub", "rubles", "roubles", "ruble")
_english("aud", "australian dollars", "aud", "a$")
_english("cad", "canadian dollars", "cad", "c$")
_english("sgd", "singapore dollars", "sgd", "s$")
_english("chf", "swiss francs", "chf", "francs")
_english("inr", "indian rupees", "rupees", "inr")
_english("age", "years old", "years of age", "year old", "year-old", "-year-old", "years-old", "year-olds")


def convertible(one: str, other: str) -> bool:
    """Whether one unit can be stated in the other."""
    a, b = UNITS.get(one), UNITS.get(other)
    if a is None or b is None:
        return False
    return a.dimension == b.dimension or {a.dimension, b.dimension} == {"temperature", "fahrenheit"}


def convert(value: int | Fraction, one: str, other: str) -> Fraction:
    """A value of one unit in another of the same dimension.

    Raises:
        ValueError: the two units measure different things.
    """
    a, b = UNITS[one], UNITS[other]
    if a.dimension == b.dimension:
        return Fraction(value) * a.factor / b.factor
    if (one, other) == ("c", "f"):
        return Fraction(value) * 9 / 5 + 32
    if (one, other) == ("f", "c"):
        return (Fraction(value) - 32) * 5 / 9
    raise ValueError(f"{one} does not convert to {other}")


def unit_class(unit: str) -> str:
    """A unit's dimension; money that the text leaves open is open here too."""
    record = UNITS.get(unit)
    return record.dimension if record else ""
