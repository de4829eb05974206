"""One bilingual text of our own, in the register of municipal plans, that every format must give back."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """A block: its kind and its text in both languages; ``notes`` are (offset words, text) per language."""

    kind: str
    zh: str
    en: str
    note: tuple[str, str] | None = field(default=None)  # a note at the end of the block, per language


PARTS = (
    Part("title", "临江市宜居城区建设工作方案", "Work Plan for a Livable Linjiang"),
    Part(
        "paragraph",
        "为改善城区环境，提高居民生活质量，制定本方案。实施期限为三年，市政府每年公布进展情况。",
        "This plan is drawn up to improve the urban environment and the quality of life. It runs for three years, "
        "and the municipal government will report on its progress every year.",
    ),
    Part("heading", "一、总体要求", "I. General Requirements"),
    Part(
        "paragraph",
        "坚持先地下后地上、先民生后景观的原则，到期末建成区绿地率达到38.5%，人均公园面积达到16.2平方米。",
        "Work below ground comes before work above it, and people's needs come before scenery. By the end of the "
        "period, green space will make up 38.5% of the built-up area, and parks will offer 16.2 square meters per "
        "resident.",
        (
            "建成区指已经集中连片建设的区域。",
            "The built-up area is land that has been developed without gaps.",
        ),
    ),
    Part("heading", "二、重点任务", "II. Key Tasks"),
    Part(
        "item",
        "改造老旧小区120个，加装电梯300部；",
        "Renovate 120 old residential compounds and fit 300 elevators;",
    ),
    Part(
        "item",
        "新建口袋公园45处，修复河道12公里；",
        "Build 45 pocket parks and restore 12 kilometers of rivers;",
    ),
    Part("item", "新增公共停车位8000个。", "Add 8,000 public parking spaces."),
    Part(
        "paragraph",
        "各区应当建立项目台账，按月调度，按季通报。对进展迟缓的项目，由市督查室约谈责任单位。",
        "Districts will keep a ledger of projects, review it every month, and publish the results every quarter. "
        "Where a project falls behind, the municipal inspection office will summon those in charge.",
        ("台账每月五日前报送。", "Ledgers are due by the fifth day of each month."),
    ),
    Part("heading", "三、保障措施", "III. Supporting Measures"),
    Part(
        "paragraph",
        "市财政三年安排专项资金2.4亿元，其中第一年9000万元。鼓励社会力量参与投资和运营，收益按约定分配。",
        "The municipal budget sets aside 240 million yuan over three years, 90 million of it in the first. "
        "Private partners are welcome to invest and operate, and returns will be shared as agreed.",
    ),
)
