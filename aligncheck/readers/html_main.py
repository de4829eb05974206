"""What of a web page is its text: which parts are left out, and which part is the main one.

What is text is told from the elements and from how much of a part is links (Kohlschütter et al.,
"Boilerplate Detection using Shallow Text Features", WSDM 2010: link density and text length carry
nearly all of the evidence).  Names of classes only ever take out what holds little prose: a page whose
layout is named after its sidebar must not lose its text.  Nothing is changed in the tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligncheck.readers.xml import Element

#: Never text.  A form may stand around a whole page, so only its controls are named.
_NEVER = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video button select option "
    "input textarea datalist head title meta link rt rp".split()
)
#: Shown where scripts do not run: the text of a page that has no other.
_INSTEAD = frozenset(("noscript", "template"))
_LEAST_INSTEAD = 300  # characters
#: Around the text by their nature, unless they hold most of the prose.
_AROUND = frozenset("nav footer aside dialog menu".split())
_NAMES = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs share sharing social footer foot sidebar "
    "toolbar pagination pager copyright related search login cookie cookies banner advert ad ads skip "
    "comments "
    "comment tags qrcode print bdsharebuttonbox location position mbx".split()
)
#: Names that tell also where they begin a longer one: footer-widgets, nav-links, share_buttons.
_LEADING = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs share sharing social footer toolbar pagination pager "
    "copyright cookie cookies".split()
)
#: Words that make a name one of layout: has-sidebar, right-sidebar, no-comments.
_LAYOUT = frozenset("has with no without left right single is not hide show".split())
_MAIN = re.compile(
    r"(?:^|[\s_-])(?:main|content|article|article-body|trs_editor|text|zoom|pages_content|detail|view)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_TITLES = frozenset("h1 h2 h3".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_DIALOGS = frozenset(("dialog", "alertdialog"))
_TITLE_NAME = re.compile(r"(?:^|[\s_-])(?:tit|title|headline|biaoti)(?:$|[\s_-]|\d)", re.IGNORECASE)
_LONGEST_TITLE = 120
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_PARAGRAPHS = frozenset("p li dd blockquote td h1 h2 h3 h4 pre".split())
_SMALL = 0.3  # of the page's prose that a part named as no text may hold at most …
_SMALL_RUNNING = 0.15  # … and of the text that stands in paragraphs
_LEAST_LEFT = 0.5  # of the running text that must be left when all that is named as no text is out
_LEAST_MAIN = 0.8  # of the running text that the main part must hold to be taken as such
_LEAST_PROSE = 0.5  # and of all that is no link


@dataclass(slots=True)
class _Measure:
    """Characters under an element: all that shows, what of it is links, what stands in paragraphs."""

    text: int = 0
    links: int = 0
    running: int = 0
    elements: int = 1

    @property
    def prose(self) -> int:
        """Characters that are not links."""
        return self.text - self.links


class Page:
    """A parsed page with what is left out of it; ``original`` keeps deleted instead of inserted text."""

    def __init__(self, root: Element, original: bool = False) -> None:
        self._elements = [e for e in root.iter() if isinstance(e.tag, str)]  # kept: proxies are compared
        bodies = root.findall("body")
        self.body: Element = bodies[0] if len(bodies) == 1 else root
        gone = "ins" if original else "del"
        self._never = {
            e for e in self._elements if (e.tag in _NEVER and not _opens_a_part(e)) or e.tag == gone
        }
        self._sizes = self._measure()
        if not self._sizes[self.body].text:
            self._show_instead()
        self._hide()
        self.dropped: set[Element] = set(self._never)
        self._drop()

    def _show_instead(self) -> None:
        """A page made by its scripts: what it holds for readers without them, unless it only asks for scripts."""
        never, sizes = self._never, self._sizes
        self._never = {e for e in never if e.tag not in _INSTEAD}
        self._sizes = self._measure()
        if self._sizes[self.body].running < _LEAST_INSTEAD:
            self._never, self._sizes = never, sizes

    def _hide(self) -> None:
        """Leave out what does not show, but not what scripts will show: most of the page's text."""
        most = self._sizes[self.body].prose / 2
        hidden = {e for e in self._elements if _is_hidden(e) and self._sizes[e].prose <= most}
        if hidden - self._never:
            self._never |= hidden
            self._sizes = self._measure()

    def _measure(self) -> dict[Element, _Measure]:
        sizes: dict[Element, _Measure] = {}
        # Backwards in document order every element comes after all that is in it.
        for element in reversed(self._elements):
            size = _Measure()
            if element not in self._never:
                size.text = _length(element.text)
                for child in element:
                    size.text += _length(child.tail)
                    inner = sizes.get(child)
                    if inner is not None:
                        size.text += inner.text
                        size.links += inner.links
                        size.running += inner.running
                        size.elements += inner.elements
                if element.tag == "a":
                    size.links = size.text
                if element.tag in _PARAGRAPHS:
                    size.running = size.prose if size.prose >= 40 else 0
            sizes[element] = size
        return sizes

    def _drop(self) -> None:
        total = self._sizes[self.body]
        titles = [e for e in self._elements if e.tag == "h1" and self._sizes[e].prose]
        title = set(titles[0].iterancestors()) if len(titles) == 1 else set()
        told: dict[str, list[Element]] = {}
        for element in self._elements:
            if element in self.dropped or element is self.body or element.tag in ("html", "main", "article"):
                continue
            reason = _around(element)
            if reason and reason not in _AROUND and element in title:
                continue  # a name of layout around the page's title
            size = self._sizes[element]
            # What lies over the page is never its text; only that most of it must stay.
            most, most_running = (_LEAST_LEFT,) * 2 if reason == "dialog" else (_SMALL, _SMALL_RUNNING)
            little = size.prose < most * max(1, total.prose) or not size.prose
            if reason and little and size.running <= most_running * max(1, total.running):
                told.setdefault(reason, []).append(element)
        self._keep_most(told)
        for elements in told.values():
            self.dropped.update(elements)

    def _keep_most(self, told: dict[str, list[Element]]) -> None:
        """Many small parts of one name may be the text: the largest such kinds stay until most of it does."""
        sizes = {reason: sum(self._sizes[e].running for e in parts) for reason, parts in told.items()}
        left = self._sizes[self.body].running - sum(sizes.values())
        for reason in sorted(sizes, key=lambda r: -sizes[r]):
            if left >= _LEAST_LEFT * self._sizes[self.body].running:
                return
            left += sizes[reason]
            del told[reason]

    def main(self) -> Element:
        """The element that holds the text proper: named so, and nearly all of the running text in it."""
        total = self._sizes[self.body]
        best = self.body
        for element in self._elements:
            named = element.tag in ("main", "article") or element.get("role") == "main"
            if not named and not (element.tag in ("div", "section", "td") and _named_main(element)):
                continue
            size = self._sizes[element]
            if (
                size.running >= _LEAST_MAIN * total.running
                and size.prose >= _LEAST_PROSE * max(1, total.prose)
                and size.elements < self._sizes[best].elements
            ):
                best = element
        return self._with_title(best)

    def _with_title(self, best: Element) -> Element:
        """The next part up that also holds the page's title, if it holds little else."""
        if best is self.body or next(best.iter("h1"), None) is not None:
            return best
        prose = self._sizes[best].prose
        for above in best.iterancestors():
            grown = self._sizes[above].prose - prose
            if next(above.iter("h1"), None) is not None:
                return above if grown <= 0.3 * prose + 200 else best
            if grown <= 0.15 * prose + _LONGEST_TITLE and self._has_title(above, best):
                return above
            if above is self.body:
                break
        return best

    def _has_title(self, above: Element, best: Element) -> bool:
        """Whether a short heading stands before the text, by its element, its class or its size."""
        for element in above.iter():
            if element is best:
                return False
            if element in self.dropped or not isinstance(element.tag, str) or element not in self._sizes:
                continue
            size = self._sizes[element]
            heads = element.tag in _TITLES or (element.tag == "font" and (element.get("size") or "") > "3")
            heads = heads or bool(_TITLE_NAME.search(element.get("class") or ""))
            if heads and not size.links and 4 <= size.text <= _LONGEST_TITLE:
                return True
        return False

    def left_out(self, main: Element) -> int:
        """Characters of the page that are not in the main part, or in what is dropped from it."""
        inside = self._sizes[main].text
        tops = (
            e for e in self.dropped - self._never if not any(a in self.dropped for a in e.iterancestors())
        )
        inside -= sum(self._sizes[e].text for e in tops if main in e.iterancestors())
        return self._sizes[self.body].text - inside


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _opens_a_part(element: Element) -> bool:
    """Whether a button is a heading that folds the part below it."""
    return element.tag == "button" and any(above.tag in _HEADINGS for above in element.iterancestors())


def _around(element: Element) -> str:
    """What tells that an element is around the text: its own name, that of a class or id; else nothing."""
    title = (element.get("title") or "").lower()
    if element.tag in _AROUND:
        return str(element.tag)
    if element.get("role") in _DIALOGS or element.get("aria-modal") == "true":
        return "dialog"
    if element.tag == "div" and title in ("header", "footer"):
        return title  # so word processors name their running heads
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".lower()
    names += f" {element.tag}" if "-" in element.tag else ""  # an element of the site's own: app-footer
    return next(filter(None, map(_told, names.split())), "")


def _told(name: str) -> str:
    """The word by which a class or id names what is no text: a whole word at its end, or a telling one in front."""
    parts = re.split(r"[_-]+", name.rstrip("0123456789_-"))
    if _LAYOUT.intersection(parts):
        return ""
    return parts[-1] if parts[-1] in _NAMES else parts[0] if parts[0] in _LEADING else ""


def _named_main(element: Element) -> bool:
    return bool(_MAIN.search(f"{element.get('class') or ''} {element.get('id') or ''}"))
