"""Negation lost or added: one side says that something is, the other that it is not.

A negation counts only where it denies the predicate: 不断, 不少, 无人机, 未来, "not only", "no matter"
deny nothing.  The other side must hold no negation of any kind in what corresponds, nor a word that can
carry one (lack, fail, avoid; 防, 免, 禁), and it must render the very word that is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligncheck.checks.card import carded
from aligncheck.checks.context import Context
from aligncheck.checks.coverage import Passage, Unit
from aligncheck.checks.passages import judged
from aligncheck.checks.quoting import zh as quote
from aligncheck.checks.wording.contrasts import bare
from aligncheck.checks.wording.linked import rendered_by
from aligncheck.model import Bitext, Hit, Message, SpanRef

#: Chinese words whose 不, 无, 未, 没 or 非 is no negation that a translation would show.
_NO_NEGATION = re.compile(
    r"不断|不仅仅?|不但|不光|不只|不单|不同|不少|不乏|不论|不管|不懈|不时|不日|不久|不妨|不愧|不凡|不菲|"
    r"不锈钢|不动产|不倒翁|不得不|不得已|不可或缺|不可分割|不可磨灭|不可限量|不可估量|不约而同|不谋而合|不遗余力|"
    r"不折不扣|不期而遇|不胜枚举|不计其数|不亦乐乎|不外乎|不外|了不起|差不多|无论|无愧|无穷|"
    r"无限(?!制)|无数|无比|无私|无偿|无辜|无畏|无线|无锡|无缝|无为|无障碍|无纺|无机|无疑|无悔|独一无二|"
    r"前所未有|史无前例|未来|未成年|未央|没收|没落|淹没|出没|埋没|沉没|非常|非遗|非洲|非凡|非公|非物质|非典|"
    r"非营利|非政府|非机动|非首都|是非|除非|莫非|非金属|非银|非税|非法|南非|中非|北非|西非|东非|络绎不绝|"
    r"源源不断|持之以恒|坚持不懈|坚定不移|坚韧不拔|锲而不舍|矢志不渝|始终不渝|永不|百折不挠|经久不衰|长盛不衰|"
    r"生生不息|自强不息|川流不息|奔流不息|密不可分|必不可少|缺一不可|势不可挡|牢不可破|刻不容缓|义不容辞|责无旁贷|"
    r"层出不穷|屡见不鲜|美不胜收|数不胜数|取之不尽|用之不竭|与众不同|不屈|不苟|不移|不息|无人机|无人驾驶|无人值守|"
    r"无人(?=超市|商店|车|艇|配送|系统|驾)|无忧|无缝|无极|非农|非油|非标|非诚"
)
#: Those whose negation denies no predicate, though the English may well say "not".
_NO_DENIAL = re.compile(
    _NO_NEGATION.pattern
    + "|"
    + r"足不出户|不忘|不负|不辱|不等|不一(?!致)|不免|不禁|不料|不惜|不朽|不易|不能不|不可不|不可逆转|不可思议|不可抗力|不失时机|"
    # A bound (no more than, not later than) is a figure's matter, in whatever mood it is said.
    + r"不(?:得|能|应|应当|可|宜|准|许|允许|要)?再?(?:超过|超出|[少低高多大小晚早迟短长]于)|不限于|没有的(?!是)|"
    + r"不言而喻|不期|不知不觉|不过(?!分|度)|"
    + r"不足(?=\d|[一二三四五六七八九十百千万半])|不到(?!位)|"
    + r"不满(?=\d|[一二三四五六七八九十百千万])|不以规矩|来不及|对不起|忍不住|禁不住|少不了|离不开|免不了|"
    + r"大不了|舍不得|不得了|不至于|好不|何不|岂不|莫不|无不|无非|无异|无声|无形|无极|无烟|无土|无氧|无尘|无菌|"
    + r"无损|无痕|无公害|无废|无接触|无常|无情|无奈|无聊|无理|无关紧要|无微不至|无与伦比|无独有偶|无一例外|毫不|"
    + r"绝不|决不|从不(?=停)|[^从]?无时无刻|未婚|未必|未雨绸缪|未知|未遂|未免|没准|非正式|并非(?=易事)|"
    + r"绝非(?=易事)|非得|非要|非虚构|非线性|非接触|非农|非油|非居民|非现金|非现场|非标|供不应求|不在话下|"
    + r"目不转睛|爱不释手|赞不绝口|滔滔不绝|应接不暇|层见不穷|防不胜防|出其不意|参差不齐|良莠不齐|大小不一|高低不一|"
    + r"不大不小|不早不晚|不多不少|可不|要不|不然|不禁止|看不见|说不定|不一样|不起眼|不见不散|不成文|不经意|不自觉|"
    + r"不在乎|不由|不容|不顾|不畏|不怕|不甘|不已|不止|不倦|不休|不绝|不尽|不二|不世|不适(?![用应合宜])|不幸|不满|不安|不便|"
    + r"不利|不良|不足|不当|不法|不实|不明|不平|隐没|不变(?!质)|([一-鿿]{1,2})不\1"
)
_DENIED = re.compile(
    "(?P<no>不(?:再|能够?|会|愿意?|敢|想|肯|应该?|宜|可能|可以|许|准|予|得|允许|曾)?|未(?:能够?|曾|经|被|予|按|及时)?|没(?:有|能|被|让|把)|尚未|从未|并未|无(?:法|权|需|须|力|意|缘)|毋需|勿|切勿|不要|别再)"
    "(?P<what>[一-鿿]{2,4})"
)
#: Chinese that may lie behind an English negation.
_MAYBE_DENIED = re.compile(
    "[不未无没非莫勿毋免禁防止拒绝停缺失断除外难少低反弃罢休否弱差空孤零避杜破违误漏亡仅只才唯独尚待欠乏贫薄短误败怎岂哪何谁别甭绝隔离散退落忘惜抗却脱去删消灭淘汰限制卡堵阻碍挡"
    "慢缓虚假伪盲失丢丧丢迷错偏疏忽忌讳戒忍宁与其而异另]"
    "|早已|以免|除此|相反|首次|首个|第一次|有所|所谓|保密|封|关|素|净|裸|免费|自主|自由|独立|固定|永久|永远|永|始终|一直|匿名|隐|暗|潜|暂|临时|白白|徒|枉|净"
)

#: Chinese that does so even from the clause beside it.
_CLEARLY_DENIED = re.compile("[不未无没非莫勿毋免禁拒否除外绝]|防止|难以|缺乏|失去|谢绝|避免|停止|放弃")

_NO_DENIAL_EN = re.compile(
    r"not (?:only|just|merely|simply|solely|least|to mention|surprisingly|necessarily|uncommon\w*|long (?:ago|after|before)|until|all)"
    r"|no (?:fewer|less|more|later|earlier|matter|doubt|longer than|wonder|sooner|one['’]s|small|mean|exception)|whether or not|or not|if not|why not|notwithstanding|as well as not"
    r"|never-ending|never before|than ever|non-?\w+|nothing (?:but|less|short)|without (?:doubt|exception|question|fail|interruption|delay)|cannot but|could not but|can not but"
    r"|not to be (?:outdone|missed)|no\.? ?\d+|cannot be (?:overstated|overemphasi[sz]ed)|not (?:one|a single)",
    re.IGNORECASE,
)
_EN_NOT = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|will|shall|can|could|would|should|must|may|might|do|does|did|has|have|had|need)(?: (?:also|still|certainly|really|yet))?"
    r" (?:not|never)|cannot|\w+n['’]t|never|no longer|failed to|fails to|fail to|refused to|refuses to|refuse to|declined to)\b (?P<what>(?:be |been |to |have |yet |been )*\w+)",
    re.IGNORECASE,
)
#: English that denies in so many words; one in the sentence may well be the one.
_EN_PLAIN = re.compile(
    r"\b(?:not|no|never|none|nor|neither|nothing|nobody|without|cannot|\w+n['’]t|fail\w*|lack\w*|refus\w*|un(?!i|der)\w+"
    r"|instead|rather|hardly|barely|absen\w*|free|zero|exempt\w*|exclu\w*|prohibit\w*|forbid\w*|avoid\w*|prevent\w*)\b",
    re.IGNORECASE,
)
#: English that may carry a denial where it stands near.
_EN_ANY = re.compile(
    r"\b(?:not|no|never|none|nor|neither|nothing|nobody|nowhere|without|cannot|\w+n['’]t|un\w+|in(?:adequa|suffici|complet|effici|appropri|consist|stabil|stabl|compat|effect"
    r"|coordin|balanc|ability|able|capa|correct|elig|visib|accur|accessib|activ|valid|direct|formal|significan|experienc|depend|applic|defin|finit|vulner|evit|separa|dispens"
    r"|tang|toler|secur|justi|equit|equal|differen|humane|sincer|frequen|flex|hospitab|sensi|tact|voluntar)\w*|im(?:possib|proper|perfect|balanc|matur|mobil|moral|partial|pecc"
    r"|pass|person|pract|prec|prud|pure)\w*|ir(?:reg|rel|res|rev|repl|rep)\w*|il(?:leg|lic|log|lit)\w*|dis\w+|non\w*|mis\w+|\w+less|\w+-free|fail\w*|lack\w*|absen\w*|refus\w*|reject\w*"
    r"|den(?:y|ied|ies|ial)|prevent\w*|avoid\w*|prohibit\w*|ban(?:s|ned)?|forbid\w*|free|exempt\w*|exclu\w*|except\w*|only|until|before|rather|instead|far|hardly|barely|rarely|seldom|scarce\w*"
    r"|little|few\w*|less\w*|low\w*|stop\w*|ceas\w*|refrain\w*|resist\w*|lose|loses|losing|lost|beyond|out|against|regardless|irrespective|remain\w*|yet|still|zero|abandon\w*|give up|gave up|end\w*"
    r"|eliminat\w*|remov\w*|abolish\w*|cancel\w*|suspend\w*|drop\w*|miss\w*|neglect\w*|ignor\w*|overlook\w*|short\w*|weak\w*|poor\w*|difficult\w*|challeng\w*|problem\w*|gap\w*|too|away"
    r"|off|wrong\w*|bad\w*|anti\w*|otherwise|despite|although|though|unless|if|forget\w*|forgot\w*|waiv\w*|minus|oppos\w*|wait\w*|pending|limit\w*"
    r"|restrict\w*|reluct\w*|declin\w*|quit\w*|empty|vacan\w*|blank|broke\w*|shortage\w*|deficien\w*|under\w*|slow\w*|behind|back|defy|defied|reserv\w*"
    r"|differ\w*|vary|varied|various|alternative\w*|overdue|late\w*|halt\w*|escap\w*|spar\w*|exceed\w*|wast\w*|blind\w*|random\w*|idle|doubt\w*)\b",
    re.IGNORECASE,
)


def run(bitext: Bitext, context: Context) -> Iterator[Hit]:
    """Report negations of one side that the other side lacks."""
    judgement = judged(bitext, context)
    for passage in judgement.passages:
        yield from (*lost(passage), *added(passage))


#: A word is rendered by a word of the other side from this evidence on.
_RENDERED = 0.45


def lost(passage: Passage) -> Iterator[Hit]:
    """Chinese denials whose predicate the English affirms."""
    partner = {i: j for i, j, _ in passage.matched}
    for n, clause in enumerate(passage.chinese):
        if clause.absent >= 0.3 or clause.best < 0:
            continue
        masked = _NO_DENIAL.sub(lambda m: "□" * len(m.group()), clause.text)
        denials = list(_DENIED.finditer(masked))
        if not denials:
            continue
        sentences = [
            s for s in range(len(passage.english)) if clause.best == s or n in rendered_by(passage, s)
        ]
        if any(_EN_PLAIN.search(passage.english[s].text) for s in sentences):
            continue
        places = [(s, k, j) for s in sentences for k, j in enumerate(passage.columns[s])]
        columns = [j for _, _, j in places]
        veiled = any(_EN_ANY.search(passage.english[s].text) for s in sentences)
        for spot in denials:
            at = spot.start("what")
            words = [
                (i, w)
                for i, w in zip(passage.rows[n], clause.words, strict=True)
                if w.end > at and w.start < at + 2 and w.weight > 0 and w.end - w.start > 1
            ]
            if not words or not places:
                continue
            i, word = max(words, key=lambda c: passage.words[c[0], columns].max(initial=0.0))
            row = passage.words[i]
            s, k, j = max(places, key=lambda c: (c[2] == partner.get(i), row[c[2]]))
            unit = passage.english[s]
            rendered = row[j] >= _RENDERED
            if not rendered and (veiled or not _close(passage, n, s)):
                continue
            sure = j == partner.get(i) and row[j] >= 0.6
            if veiled and (not sure or _EN_ANY.search(_around(unit, k))):
                continue
            if unit.words[k].surface[0].isupper() and unit.words[k].start > 0:
                continue  # a name: 不冻泉 is Budongquan
            start, end = (unit.words[k].start, unit.words[k].end) if rendered else (0, len(unit.text))
            begin, stop = min(spot.start("no"), word.start), word.end
            zh = clause.text[begin:stop]
            shown = unit.text[start:end].rstrip(".;,")
            yield Hit(
                Message(
                    f"{quote(zh)} is negative, but “{shown}” is not.",
                    f"{quote(zh)}是否定说法，译文“{shown}”却未见否定。",
                ),
                (SpanRef(clause.ref.block, clause.ref.start + begin, clause.ref.start + stop),),
                (SpanRef(unit.ref.block, unit.ref.start + start, unit.ref.start + end),),
                0.8 - 0.1 * (len(sentences) > 1) - 0.15 * (not rendered),
                evidence=(("negation", "lost"), ("Chinese", zh), ("English", shown)),
            )
            break


def added(passage: Passage) -> Iterator[Hit]:
    """English denials of what the Chinese affirms."""
    for s, unit in enumerate(passage.english):
        clauses = rendered_by(passage, s)
        if unit.absent >= 0.3 or not clauses or not _EN_NOT.search(unit.text):
            continue
        text = _NO_DENIAL_EN.sub(lambda m: "□" * len(m.group()), unit.text)
        for spot in _EN_NOT.finditer(text):
            at = spot.end() - len(spot.group("what").split()[-1])
            k = next((k for k, w in enumerate(unit.words) if w.start >= at and w.weight > 0), None)
            if k is None or unit.words[k].start > spot.end() + 20:
                continue
            column = passage.words[:, passage.columns[s][k]]
            n, i = max(
                ((n, i) for n in clauses for i in passage.rows[n]),
                key=lambda c: column[c[1]],
                default=(-1, -1),
            )
            if n < 0:
                continue
            rendered = column[i] >= _RENDERED
            if not rendered and not (len(clauses) == 1 and _close(passage, clauses[0], s)):
                continue
            if _MAYBE_DENIED.search(_NO_NEGATION.sub("", bare(passage.chinese[n].text))) or any(
                _CLEARLY_DENIED.search(_NO_NEGATION.sub("", bare(passage.chinese[m].text)))
                for m in {*clauses, *range(max(0, n - 1), min(len(passage.chinese), n + 2))}
            ):
                continue
            clause = passage.chinese[n]
            word = clause.words[passage.rows[n].index(i)]
            start, stop = (word.start, word.end) if rendered else (0, len(clause.text.rstrip("，。；、,;")))
            zh = quote(clause.text.rstrip("，。；、,;"))
            yield Hit(
                Message(
                    f"“{spot.group()}” is negative, but {zh} is not.",
                    f"{zh}是肯定说法，译文“{spot.group()}”却是否定。",
                ),
                (SpanRef(clause.ref.block, clause.ref.start + start, clause.ref.start + stop),),
                (SpanRef(unit.ref.block, unit.ref.start + spot.start(), unit.ref.start + spot.end()),),
                0.85 if rendered else 0.65,
                evidence=(("negation", "added"), ("Chinese", clause.text), ("English", spot.group())),
            )
            break


def _around(unit: Unit, k: int) -> str:
    """What stands about a word of a sentence: where a veiled denial of it would stand."""
    words = unit.words[max(0, k - 10) : k + 7]
    return unit.text[words[0].start : words[-1].end]


def _close(passage: Passage, clause: int, sentence: int) -> bool:
    """Whether a sentence and a clause say so much the same that the word denied need not be found."""
    return (
        passage.cosine[clause, sentence] >= 0.55
        and passage.chinese[clause].absent < 0.1
        and passage.english[sentence].absent < 0.1
        and sum(u.best == sentence for u in passage.chinese) == 1
    )


CHECKS = (carded(__name__, "negation", run=run),)
