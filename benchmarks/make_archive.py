"""Make a synthetic archive: pairs of official documents with everything that real archives have.

    python benchmarks/make_archive.py OUT --pairs 300 --seed 1

OUT/archive gets the documents, OUT/truth.json what is in them: the pairs, which files are copies,
broken or without a partner, and the defects planted.  The prose is made from templates of our own;
every document has its own figures, topics and length.  Equal arguments give equal files.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

PLACES = [
    ("青石", "Qingshi"), ("临江", "Linjiang"), ("东岭", "Dongling"), ("白沙", "Baisha"), ("南桥", "Nanqiao"),
    ("柳河", "Liuhe"), ("云溪", "Yunxi"), ("金山", "Jinshan"), ("平湖", "Pinghu"), ("安泽", "Anze"),
]  # fmt: skip
KINDS = [
    ("政府工作报告", "Report on the Work of the Government"),
    ("国民经济和社会发展计划", "Plan for Economic and Social Development"),
    ("财政预算报告", "Report on the Budget"),
    ("生态环境状况公报", "Bulletin on the Environment"),
    ("教育事业发展公报", "Bulletin on Education"),
    ("交通发展年度报告", "Annual Report on Transport"),
]
#: Chinese, English; {a} {b} figures, {w} tens of thousands, {p} a percentage, {zh}/{en} a place.
SENTENCES = [
    ("全年新建改建学校{a}所，新增学位{b}个。", "Over the year, {a} schools were built or renovated, adding {b} places for students."),
    ("城镇新增就业{w}万人，登记失业率为{p}%。", "A total of {W} urban jobs were created, and the registered unemployment rate stood at {p}%."),
    ("{zh}区新增公园绿地{a}公顷，建成健身步道{b}公里。", "{en} District gained {a} hectares of parks and green space and {b} kilometers of fitness trails."),
    ("完成老旧小区改造{a}个，惠及居民{b}户。", "The renovation of {a} old residential compounds was completed, benefiting {b} households."),
    ("一般公共预算收入增长{p}%，其中税收收入占{q}%。", "General public budget revenue rose by {p}%, with tax revenue making up {q}% of it."),
    ("新开通公交线路{a}条，优化调整{b}条。", "We opened {a} new bus routes and adjusted {b} existing ones."),
    ("全市空气质量优良天数达到{a}天，比上年增加{b}天。", "The city had {a} days of good air quality, {b} more than the previous year."),
    ("为{w}万名老年人建立健康档案，签约家庭医生{a}名。", "Health records were set up for {W} elderly people, and {a} family doctors were contracted."),
    ("支持{zh}港扩建，全年货物吞吐量达到{w}万吨。", "We supported the expansion of {en} Port, whose cargo throughput reached {W} tons in the year."),
    ("修订地方标准{a}项，办结群众来信{b}件。", "We revised {a} local standards and settled {b} letters from the public."),
    ("新增高新技术企业{a}家，技术合同成交额增长{p}%。", "The number of high-tech enterprises increased by {a}, and the value of technology contracts grew by {p}%."),
    ("整治河道{a}公里，新建污水处理站{b}座。", "We improved {a} kilometers of river courses and built {b} sewage treatment stations."),
    ("培训乡村教师{a}人次，选派医生{b}名到基层服务。", "We trained rural teachers {a} times and sent {b} doctors to serve in communities."),
    ("发放助学贷款{w}万元，资助学生{a}名。", "Student loans of {W} yuan were granted, and {a} students received support."),
    ("举办文化惠民演出{a}场，新建社区图书馆{b}个。", "A total of {a} public performances were held, and {b} community libraries were set up."),
    ("{zh}新城轨道交通一期工程完成投资{p}亿元。", "Investment of {P} yuan was completed in Phase I of the rail line to {en} New Town."),
    ("我们坚持过紧日子，压减一般性支出{p}%。", "We kept to a tight budget and cut general expenditure by {p}%."),
    ("食品抽检合格率保持在{q}%以上。", "The pass rate of food inspections stayed above {q}%."),
    ("建成充电桩{a}个，推广新能源汽车{b}辆。", "We installed {a} charging piles and put {b} new energy vehicles on the road."),
    ("开展安全生产检查{a}次，消除隐患{b}处。", "We carried out {a} workplace safety inspections and removed {b} hazards."),
]  # fmt: skip
PLAIN = [
    ("我们清醒地看到，发展中还有不少困难和问题。", "We are keenly aware that many difficulties and problems remain."),
    ("要进一步转变作风，切实为群众办实事。", "We must improve our conduct and do practical things for the people."),
    ("各部门要密切配合，确保各项任务落到实处。", "All departments must work closely together so that every task is carried out."),
    ("这些成绩来之不易，是全市人民共同奋斗的结果。", "These achievements were hard won, and all people of the city had a share in them."),
]  # fmt: skip
HEADINGS = [
    ("一、过去一年工作回顾", "I. Review of the Past Year"),
    ("二、民生和社会事业", "II. Public Wellbeing and Social Programs"),
    ("三、城市建设和管理", "III. Urban Development and Administration"),
    ("四、今后工作安排", "IV. Work in the Coming Period"),
]
#: How names tell the language: (Chinese, English), {y} the year, {k}/{K} the kind, {n} a number.
NAMES = [
    ("{y}/{p}-{K}.zh.txt", "{y}/{p}-{K}.en.txt"),
    ("{y}/{p}_{K}_CN.txt", "{y}/{p}_{K}_EN.txt"),
    ("中文/{p}{k}{y}.txt", "英文/{p}{k}{y}.txt"),
    ("zh/{p}-{y}-{K}.txt", "en/{p}-{y}-{K}.txt"),
    ("{y}年{p}{k}（中文版）.txt", "{y}年{p}{k}（英文版）.txt"),
]


@dataclass
class Truth:
    """What a reader of the archive should find."""

    pairs: list[list[str]] = field(default_factory=list)
    single: list[str] = field(default_factory=list)
    copies: list[list[str]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    defects: list[dict[str, str]] = field(default_factory=list)


def words(number: float) -> str:
    """A count of people or things as English writes it: 36,000; 1.28 million."""
    if number >= 1_000_000:
        return f"{number / 1_000_000:.4f}".rstrip("0").rstrip(".") + " million"
    return f"{number:,.0f}"


def sentence(rng: random.Random) -> tuple[str, str]:
    """A sentence pair with figures of its own."""
    if rng.random() < 0.12:
        return rng.choice(PLAIN)
    zh, en = rng.choice(SENTENCES)
    place = rng.choice(PLACES)
    w = round(rng.uniform(1.1, 390), 1)
    p = round(rng.uniform(1.1, 88), 1)
    values = {
        "a": rng.randint(11, 980),
        "w": f"{w:g}",
        "W": words(round(w * 10_000)),
        "p": f"{p:g}",
        "P": f"{p / 10:.2f}".rstrip("0").rstrip(".") + " billion"
        if p >= 10
        else f"{round(p * 100):d} million",
        "q": round(rng.uniform(60, 99), 1),
        "zh": place[0],
        "en": place[1],
    }
    b = rng.randint(1001, 98_000)
    return zh.format(b=b, **values), en.format(b=f"{b:,}", **values)


def document(
    rng: random.Random, place: tuple[str, str], kind: tuple[str, str], year: int
) -> list[tuple[str, str]]:
    """The paragraphs of a document, each a pair; 6 to 60 of them, short documents being more common."""
    rows = [
        (f"{place[0]}市{kind[0]}", f"{kind[1]} of {place[1]} Municipality"),
        (f"——{year}年1月{rng.randint(8, 28)}日", f"January {rng.randint(8, 28)}, {year}"),
    ]
    wanted = int(6 + 54 * rng.random() ** 2)
    for number in range(wanted):
        if number % max(wanted // 4, 1) == 0 and number // max(wanted // 4, 1) < 4:
            rows.append(HEADINGS[number // max(wanted // 4, 1)])
        made = [sentence(rng) for _ in range(rng.randint(1, 4))]
        rows.append(("".join(z for z, _ in made), " ".join(e for _, e in made)))
    day = rows[1][0].split("月")[1].removesuffix("日")
    rows[1] = (rows[1][0], f"January {day}, {year}")
    return rows


def plant(rng: random.Random, rows: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Spoil up to three paragraphs of the translation; what was done."""
    done = []
    places = [i for i, (_, en) in enumerate(rows) if en.count(". ") >= 1 and any(c.isdigit() for c in en)]
    rng.shuffle(places)
    for at in places[: rng.randint(0, 3)]:
        zh, en = rows[at]
        kind = rng.choice(["number", "omission", "duplication", "untranslated"])
        parts = en.split(". ")
        if kind == "number":
            spots = [i for i, c in enumerate(en) if c in "123456789"]
            spot = rng.choice(spots)
            en = en[:spot] + rng.choice([d for d in "123456789" if d != en[spot]]) + en[spot + 1 :]
        elif kind == "omission":
            del parts[rng.randrange(len(parts) - 1)]
            en = ". ".join(parts)
        elif kind == "duplication":
            en = f"{parts[0]}. {en}"
        else:
            parts[0] = zh.split("。")[0]
            en = ". ".join(parts)
        rows[at] = (zh, en)
        done.append({"kind": kind, "zh": zh, "en": en})
    return done


def make(out: Path, pairs: int, seed: int) -> Truth:
    """Write the archive and the truth about it."""
    rng = random.Random(seed)
    truth = Truth()
    archive = out / "archive"
    taken: set[str] = set()

    def write(name: str, text: str, encoding: str = "utf-8") -> None:
        path = archive / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))

    for number in range(pairs):
        place, kind, year = rng.choice(PLACES), rng.choice(KINDS), 2000 + rng.randrange(25)
        rows = document(rng, place, kind, year)
        defects = plant(rng, rows)
        zh_name, en_name = names(rng, number, place, kind, year, taken)
        chance = rng.random()
        zh = "\n".join(z for z, _ in rows) + "\n"
        en = "\n".join(e for _, e in rows) + "\n"
        if chance < 0.10:  # renamed: the names say nothing any more
            new = (f"misc/scan_{rng.randrange(10**6):06d}.txt", f"misc/doc{rng.randrange(10**6):06d}.txt")
            if not taken & set(new):
                zh_name, en_name = new
                taken.update(new)
        if 0.10 <= chance < 0.17:  # the partner is lost
            lone = rng.choice([(zh_name, zh), (en_name, en)])
            write(*lone)
            truth.single.append(lone[0])
            continue
        write(zh_name, zh, rng.choice(["utf-8", "utf-8", "utf-8-sig", "gb18030"]))
        write(en_name, en)
        truth.pairs.append([zh_name, en_name])
        truth.defects += [{"file": zh_name, **d} for d in defects]
        if 0.17 <= chance < 0.22:  # a copy lies about
            which, text = rng.choice([(zh_name, zh), (en_name, en)])
            copy = f"backup/copy of {Path(which).name}"
            if copy not in taken:
                taken.add(copy)
                write(copy, text)
                truth.copies.append([copy, which])
        if 0.22 <= chance < 0.25:  # a file that is broken
            name = f"broken/{number:04d}.{rng.choice(['txt', 'docx', 'pdf'])}"
            (archive / name).parent.mkdir(parents=True, exist_ok=True)
            (archive / name).write_bytes(
                rng.choice([b"", b"\x00\x01\x02" * 40, b"PK\x03\x04 cut off", b"%PDF-1.4\n"])
            )
            truth.broken.append(name)
    (out / "truth.json").write_text(
        json.dumps(truth.__dict__, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return truth


def names(
    rng: random.Random, number: int, place: tuple[str, str], kind: tuple[str, str], year: int, taken: set[str]
) -> tuple[str, str]:
    """Names for both sides in one of the usual ways, unlike all others."""
    for attempt in range(20):
        patterns = rng.choice(NAMES)
        extra = "" if attempt < 3 else f"-{number}"
        values = {
            "y": year,
            "k": kind[0] + extra,
            "K": kind[1].lower().replace(" ", "-") + extra,
            "p": rng.choice(place) if "{k}" not in patterns[0] else place[0],
        }
        made = (patterns[0].format(**values), patterns[1].format(**values))
        key = made[0].replace("zh/", "").replace("中文/", "")
        if not taken & {*made, key}:
            taken.update({*made, key})
            return made
    raise RuntimeError("no name is left")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    truth = make(given.out, given.pairs, given.seed)
    print(
        f"{len(truth.pairs)} pairs, {len(truth.single)} alone, {len(truth.copies)} copies, "
        f"{len(truth.broken)} broken, {len(truth.defects)} defects in {given.out / 'archive'}"
    )


if __name__ == "__main__":
    main()
