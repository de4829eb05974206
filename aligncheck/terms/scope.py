"""Where a concept binds: in laws only, in one city's documents, not inside certain other words.

A scope is one line of rules parted by semicolons, as it stands in a glossary::

    place: 北京; not in: 政治局面, 政治局势; not after foreign; before: 医院, 医疗机构; laws
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

#: Code points after a term in which a word of ``before`` must follow.
_NEAR = 8
#: Countries and unions whose own bodies have other names: 美国商务部 is the Department of Commerce.
_FOREIGN = re.compile(
    r"(?:美国|美方|英国|法国|德国|日本|韩国|朝鲜|俄罗斯|俄|印度|巴西|南非|加拿大|澳大利亚|新西兰|新加坡|马来西亚|泰国|越南|老挝"
    r"|柬埔寨|缅甸|菲律宾|印度尼西亚|印尼|巴基斯坦|哈萨克斯坦|乌克兰|意大利|西班牙|葡萄牙|荷兰|比利时|瑞士|瑞典|挪威|芬兰"
    r"|丹麦|波兰|捷克|匈牙利|希腊|土耳其|以色列|伊朗|伊拉克|沙特|埃及|尼日利亚|肯尼亚|阿根廷|智利|墨西哥|古巴|欧盟|该国|两国|各国)的?\Z"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The rules of a scope.

    ``laws``: only in laws and regulations.  ``places``: only in documents of these places, by their
    Chinese short names.  ``home``: not right after a foreign country.  ``not_in``: longer words in which
    the term is no term.  ``before``: one of these follows within some code points.
    """

    laws: bool = False
    home: bool = False
    places: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def local(self) -> bool:
        """Whether the text around a term decides, so that it must be asked at every place."""
        return bool(self.home or self.not_in or self.before)

    def fits(self, line: str, start: int, end: int) -> bool:
        """Whether a term may stand at this place of a normalised Chinese text."""
        if self.home and _FOREIGN.search(line[max(0, start - 8) : start]):
            return False
        if self.before and not any(word in line[end : end + _NEAR] for word in self.before):
            return False
        return not any(_inside(line, start, end, word) for word in self.not_in)


def _inside(line: str, start: int, end: int, word: str) -> bool:
    """Whether a range lies inside an occurrence of a longer word."""
    at = line.find(word, max(0, end - len(word)), start + len(word))
    return 0 <= at <= start and end <= at + len(word)


class ScopeError(ValueError):
    """A rule that is none."""


@lru_cache(maxsize=4096)
def parse_scope(text: str) -> Scope:
    """The scope that a line says.

    Raises:
        ScopeError: a rule is unknown; the message names it.
    """
    found: dict[str, tuple[str, ...]] = {}
    flags = {"laws": False, "not after foreign": False}
    for rule in re.split(r"[;；]", text):
        name, _, rest = rule.partition(":")
        name = " ".join(name.split()).lower()
        if not name:
            continue
        if name in flags:
            flags[name] = True
        elif name in ("place", "not in", "before") and rest.strip():
            found[name] = tuple(w.strip() for w in re.split(r"[,，、]", rest) if w.strip())
        else:
            raise ScopeError(rule.strip())
    return Scope(
        flags["laws"],
        flags["not after foreign"],
        found.get("place", ()),
        found.get("not in", ()),
        found.get("before", ()),
    )


def scope_of(text: str) -> Scope:
    """The scope that a line says; a line that says nothing sensible says nothing."""
    try:
        return parse_scope(text) if text else Scope()
    except ScopeError:
        return Scope()
