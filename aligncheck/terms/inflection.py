"""English word forms: what counts as the same noun, and what as the same verb.

No dictionary: rules after Harman's S-stemmer (1991) for number, the usual suffix rules for verbs,
and short tables of what is irregular.  Keys are for comparing, not for reading.
"""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR_NOUNS = {
    "men": "man", "women": "woman", "children": "child", "people's": "people", "feet": "foot",
    "analyses": "analysis", "bases": "basis", "crises": "crisis", "theses": "thesis", "axes": "axis",
    "emphases": "emphasis", "criteria": "criterion", "phenomena": "phenomenon", "media": "medium",
    "data": "datum", "lives": "life", "wives": "wife", "halves": "half", "leaves": "leaf", "shelves": "shelf",
    "selves": "self", "knives": "knife", "indices": "index", "appendices": "appendix",
    "strata": "stratum", "gases": "gas", "buses": "bus", "peoples": "people", "persons": "person",
    "consortia": "consortium", "symposia": "symposium", "stadia": "stadium", "gymnasia": "gymnasium",
    "memoranda": "memorandum", "fora": "forum", "referenda": "referendum", "curricula": "curriculum",
    "matrices": "matrix", "foci": "focus", "nuclei": "nucleus", "syllabi": "syllabus", "formulae": "formula",
    "businessmen": "businessman", "servicemen": "serviceman", "chairmen": "chairman", "elders": "elder",
}  # fmt: skip
#: Words in -s that are no plurals.
_SINGULAR = frozenset(
    "news series species gas bus this his its us is was has as plus thus less across always perhaps "
    "analysis basis crisis thesis axis emphasis status focus campus census virus consensus bonus chaos "
    "means headquarters mathematics physics politics".split()
)
_PAST = {
    "built": "build", "led": "lead", "held": "hold", "made": "make", "took": "take", "taken": "take",
    "gave": "give", "given": "give", "saw": "see", "seen": "see", "went": "go", "gone": "go", "did": "do",
    "done": "do", "kept": "keep", "brought": "bring", "sought": "seek", "fought": "fight", "bought": "buy",
    "thought": "think", "taught": "teach", "caught": "catch", "grew": "grow", "grown": "grow", "drew": "draw",
    "drawn": "draw", "drove": "drive", "driven": "drive", "wrote": "write", "written": "write", "rose": "rise",
    "risen": "rise", "began": "begin", "begun": "begin", "ran": "run", "won": "win", "met": "meet",
    "left": "leave", "lost": "lose", "paid": "pay", "said": "say", "sent": "send", "spent": "spend",
    "stood": "stand", "understood": "understand", "told": "tell", "found": "find", "felt": "feel", "fell": "fall",
    "fallen": "fall", "came": "come", "became": "become", "overcame": "overcome", "chose": "choose",
    "chosen": "choose", "broke": "break", "broken": "break", "spoke": "speak", "spoken": "speak", "were": "be",
    "was": "be", "is": "be", "are": "be", "been": "be", "being": "be", "had": "have", "has": "have",
    "upheld": "uphold", "laid": "lay", "bore": "bear", "borne": "bear", "undertook": "undertake",
    "undertaken": "undertake", "strove": "strive", "striven": "strive", "withdrew": "withdraw",
}  # fmt: skip


#: Numbers in words: twentieth and 20th, ten and 10 are one.
_NUMERALS = {
    word: str(n)
    for n, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
} | {
    word: f"{n}{({1: 'st', 2: 'nd', 3: 'rd'}).get(n, 'th')}"
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}


@lru_cache(maxsize=65536)
def noun_key(word: str) -> str:
    """What the singular, plural and possessive of a lower-case word share."""
    if word.endswith("'s"):
        word = word[:-2]
    word = word.rstrip("'")
    word = _IRREGULAR_NOUNS.get(word, word)
    if word in _NUMERALS:
        return _NUMERALS[word]
    if word in _SINGULAR or len(word) < 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    # "house" and "houses", "process" and "processes" must meet.
    if word.endswith(("sse", "xe", "che", "she", "sse")) or (word.endswith(("se", "ze")) and len(word) > 3):
        word = word[:-1]
    return word


@lru_cache(maxsize=65536)
def verb_keys(word: str) -> frozenset[str]:
    """The base forms that a lower-case word can be a form of, the word itself among them."""
    found = {word, noun_key(word)}
    if word in _PAST:
        found.add(_PAST[word])
    if word.endswith("ing") and len(word) > 5:
        found |= _bases(word[:-3])
    if word.endswith("ed") and len(word) > 4:
        found |= _bases(word[:-2])
        if word.endswith("ied"):
            found.add(word[:-3] + "y")
    return frozenset(found)


def _bases(stem: str) -> set[str]:
    bases = {stem, stem + "e", noun_key(stem), noun_key(stem + "e")}
    if (len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls") or (
        len(stem) > 3 and stem[-1] == stem[-2] == "l"
    ):
        bases.add(stem[:-1])
    return bases


_DEEDS = {
    "growth": "grow", "analysis": "analyze", "sale": "sell", "loss": "lose", "choice": "choose", "proof": "prove",
    "relief": "relieve", "belief": "believe", "renewal": "renew", "removal": "remove", "approval": "approve",
    "disposal": "dispose", "revival": "revive", "retrieval": "retrieve", "withdrawal": "withdraw",
    "appraisal": "appraise", "proposal": "propose", "arrival": "arrive", "survival": "survive", "trial": "try",
    "maintenance": "maintain", "assistance": "assist", "governance": "govern", "guidance": "guide",
    "performance": "perform", "compliance": "comply", "insurance": "insure", "reliance": "rely",
    "acceptance": "accept", "assurance": "assure", "adherence": "adhere", "alleviation": "alleviate",
    "response": "respond", "service": "serve", "defense": "defend", "advancement": "advance", "pursuit": "pursue",
    "practice": "practice", "success": "succeed", "entry": "enter", "delivery": "deliver", "recovery": "recover",
    "discovery": "discover", "production": "produce", "reduction": "reduce", "introduction": "introduce",
    "reproduction": "reproduce", "consumption": "consume", "description": "describe", "assumption": "assume",
    "rectification": "rectify", "application": "apply", "supply": "supply", "breakthrough": "break",
    "oversight": "oversee", "inheritance": "inherit", "resistance": "resist", "preference": "prefer",
    "chines": "china",
}  # fmt: skip
#: Nouns in -ment, -tion and the like that name things, not deeds of a verb that would mean the same.
_THINGS = frozenset(
    "government document environment department element moment apartment segment cement supplement instrument "
    "experiment sentiment regiment monument nation station section portion ration fraction motion notion caution "
    "fiction mission session passion mansion pension tension version dimension profession commission condition "
    "position tradition ambition exhibition competition population generation situation institution constitution "
    "function junction question addition edition option direction action collection relation organization "
    "corporation association administration".split()
)


@lru_cache(maxsize=65536)
def deed_keys(word: str) -> frozenset[str]:
    """The verbs that a lower-case word can be a form of or a noun from, and the adjective of an adverb.

    Wider than :func:`verb_keys`: *renewal*, *renewing* and *renew* meet, *government* and *govern* do not.
    """
    found = set(verb_keys(word))
    base = noun_key(word)
    if base in _DEEDS:
        found.add(_DEEDS[base])
    elif base not in _THINGS:
        found |= _undone(base)
    if word.endswith("ically"):
        found.add(word[:-4])
    elif word.endswith("ily") and len(word) > 5:
        found.add(word[:-3] + "y")
    elif word.endswith("ly") and len(word) > 5:
        found |= {word[:-2], word[:-1] + "e"}
    return frozenset(found)


def _undone(noun: str) -> set[str]:
    """The verbs that a noun may come from, by its ending."""
    if len(noun) < 7:
        return set()
    if noun.endswith("bility"):
        return {noun[:-5] + "le"}  # liability, liable
    if noun.endswith("ization"):
        return {noun[:-5] + "e", noun_key(noun[:-5] + "e")}
    if noun.endswith("ification"):
        return {noun[:-7] + "y"}
    if noun.endswith("ation"):
        return {noun[:-5], noun[:-5] + "e", noun[:-3] + "e"}
    if noun.endswith("tion"):
        return {noun[:-3], noun[:-3] + "e"}
    if noun.endswith("sion"):
        return {noun[:-4] + end for end in ("d", "de", "t", "se")}
    if noun.endswith("ment"):
        return {noun[:-4]}
    return set()


ARTICLES = frozenset("a an the".split())
#: What may stand where an article stands.
DETERMINERS = ARTICLES | frozenset(
    "its their our his her my your this that these those each every all".split()
)
CONJUNCTIONS = frozenset("and or & nor as well".split())
PREPOSITIONS = frozenset(
    "of in on at for to from by with without into onto over under between among through during within "
    "about against across toward towards upon via per than after before since until".split()
)
_ADJECTIVES = frozenset(
    "new old big large small major minor key main core good better best great high higher low lower long short "
    "strong strict deep wide broad full whole entire overall open green red blue white black clean clear free "
    "fair safe sound smart first second third fourth fifth last next early late recent former current present "
    "future more most further other such same own certain various many several few two three four five six "
    "seven eight nine ten one both joint common public private rural urban local modern advanced rapid steady "
    "quick fast slow easy hard firm solid true real sure fine rich poor young elder senior junior northern "
    "southern eastern western central inner outer upper middle top even very truly just still now also "
    "Chinese chinese capital domestic foreign diverse complete concrete separate primary secondary "
    "premier world-class supreme extreme prime daily monthly yearly weekly nationwide citywide worldwide".split()
)
_SUFFIXES = (
    "al", "ive", "ous", "ful", "ic", "able", "ible", "ary", "less", "ish", "ern", "ese", "ly", "ent", "ant",
    "ed", "ward", "wide", "like", "ory", "oid", "an",
)  # fmt: skip
_NOT_ADJECTIVES = frozenset(
    "capital hospital festival journal signal proposal appraisal approval arrival renewal removal withdrawal "
    "rehearsal trial rental material mineral animal metal canal portal terminal official professional individual "
    "initiative incentive objective executive representative alternative archive motive fabric traffic topic "
    "public music logic clinic republic epidemic pandemic mechanic plastic economic's library dictionary "
    "boundary salary secretary anniversary summary document development government management environment "
    "investment agreement movement department equipment employment payment treatment improvement achievement "
    "enforcement settlement assessment event student patient president resident agent parent accident incident "
    "client talent content percent component plant restaurant merchant consultant grant participant tenant "
    "assistant applicant warrant need seed speed feed breed table vegetable cable factory history territory "
    "inventory laboratory category story theory memory plan man woman human urban loan veteran artisan "
    "organ ocean van japan taiwan reward family supply assembly ally rally moment element segment cement "
    "apartment amendment statement placement deployment commitment endowment instrument experiment".split()
) - frozenset({"public", "urban", "capital", "professional", "individual", "human", "economic's"})


#: Verbs that open phrases of official prose; each may be a noun too, so a further word must show the verb.
_OPENING = frozenset(
    "accelerate achieve act adhere advance align allow apply attach balance boost break bring build carry champion "
    "combine comply conduct conserve consolidate coordinate create crack cultivate cut deepen deliver develop do "
    "draw eliminate encourage enforce enhance enrich ensure establish expand explore extend facilitate follow "
    "forge form foster fulfill get give govern grow guard guide harness hold implement improve increase innovate "
    "integrate keep lay lead leave let leverage live lower maintain make manage meet modernize move nurture open "
    "optimize organize pay pool practice prepare press prevent promote protect provide pursue push put raise reach "
    "realize reduce reform refine regulate reinforce rejuvenate release remain remove respond revitalize roll run "
    "safeguard secure seek seize serve set shape solve speed stabilize start stay step strengthen streamline strive "
    "study support take tap tighten transform treat turn uphold upgrade use win work".split()
)
_PARTICLES = frozenset("up out forward down off back away ahead over on in to by both".split())


#: Those of them that are nothing but verbs: no article need follow (deepen reform).
_ONLY_VERBS = frozenset(
    "accelerate achieve adhere comply consolidate create cultivate deepen deliver develop eliminate encourage enforce "
    "enhance enrich ensure establish expand explore extend facilitate fulfill give govern improve innovate integrate "
    "maintain modernize nurture optimize organize prevent protect provide pursue raise realize reduce refine "
    "regulate reinforce rejuvenate remove respond seek stabilize strengthen strive uphold".split()
)


def begins_with_verb(text: str) -> bool:
    """Whether a term is a verb phrase by its looks: a lower-case verb, then an object, a particle or "both"."""
    words = text.split()
    if len(words) < 2 or words[0] not in _OPENING:
        return False
    if words[0] in _ONLY_VERBS:
        return True
    return len(words) > 2 and (words[1] in DETERMINERS or words[1] in _PARTICLES or "the" in words)


def may_be_adjective(word: str) -> bool:
    """Whether a lower-case word can stand as an adjective, number or adverb inside a noun phrase."""
    if word in _ADJECTIVES or word.isdigit():
        return True
    return len(word) > 4 and word.endswith(_SUFFIXES) and word not in _NOT_ADJECTIVES
