"""TMX and XLIFF: what is sound is read, and each rule that is broken is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligncheck.config import Settings
from aligncheck.engine import load_input
from aligncheck.errors import InputError
from aligncheck.model import Bitext, Document
from aligncheck.readers import ReadOptions, read
from tests.readers import samples


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def pairs_of(bitext: Bitext | Document) -> list[tuple[str, str, str]]:
    assert isinstance(bitext, Bitext)
    assert bitext.paired
    found = []
    for pair in bitext.given:
        a = "".join(bitext.source.blocks[i].text for i in pair.source)
        b = "".join(bitext.target.blocks[i].text for i in pair.target)
        found.append((pair.unit, a, b))
    return found


def test_tmx(tmp_path: Path) -> None:
    bitext = read(write(tmp_path, "a.tmx", samples.TMX))
    assert pairs_of(bitext) == [
        ("a1", "全年新建口袋公园30处。", "We built 30 pocket parks."),
        ("a2", "完善制度。", "We improved the system."),
        ("#3", "没有译文。", ""),
    ]
    assert isinstance(bitext, Bitext)
    block = bitext.source.blocks[1]
    assert (block.place.unit, block.place.line) == ("a2", 17)
    assert [(m.kind, m.start, m.ref) for m in block.marks] == [
        ("code", 0, "bpt 1"),
        ("code", 2, "ept 1"),
        ("code", 4, "ph 2"),
    ]


TMX_FAULTS = [
    ('version="1.4"', 'version="9"', "version '9'"),
    (' version="1.4"', "", "lacks its attribute 'version'"),
    ('segtype="sentence" o-tmf', 'segtype="word" o-tmf', "segtype='word'"),
    (' adminlang="en"', "", "'adminlang'"),
    (' datatype="plaintext"', "", "'datatype'"),
    ('srclang="zh-CN"', 'srclang="Chinese (China)"', "no language tag"),
    ("<body>", "<body><p/>", "<p> is no element"),
    ('<prop type="domain">', "<prop>", "'type'"),
    ('<ude name="signs"', "<ude", "'name'"),
    ('<map unicode="#xF8FF" code="#xF0"/>', '<map code="#xF0"/>', "'unicode'"),
    ('<tuv xml:lang="en-US"><prop', "<tuv><prop", "without xml:lang"),
    ('xml:lang="en-US"><prop', 'xml:lang="e n"><prop', "no language tag"),
    ("<seg>We built 30 pocket parks.</seg>", "", "no <seg>"),
    ("parks.</seg>", "parks.</seg><seg>x</seg>", "2 <seg>"),
    ("parks.</seg>", "parks.</seg><note>x</note>", "behind <seg>"),
    ("<note>one</note>\n", "one\n", "text stands directly"),
    ("  <body>", "stray<body>", "text stands directly in <tmx>"),
    ("<note>about</note>", "about", "text stands directly in <header>"),
    ("  <body>", "  <body>stray", "text stands directly in <body>"),
    ("    </tu>\n    <tu tuid", "    </tu>stray\n    <tu tuid", "text stands directly in <body>"),
    ("    </tu>\n  </body>", "    </tu>stray\n  </body>", "text stands directly in <body>"),
    ('<map unicode="#xF8FF" code="#xF0"/>', "", "<ude> without <map>"),
    ('<map unicode="#xF8FF" code="#xF0"/>', '<map unicode="#xF8FF"/>x', "directly in <ude>"),
    ('<ept i="1">', '<ept i="2">', "no <bpt>"),
    ('<ept i="1">&lt;/b&gt;</ept>', "", "has no <ept>"),
    ('<bpt i="1" x="1">', '<bpt x="1">', "'i'"),
    ('<it pos="begin" x="1">', '<it x="1">', "'pos'"),
    ('pos="begin"', 'pos="start"', "pos='start'"),
    ("<hi>improved</hi>", "<b>improved</b>", "<b> is no element"),
    ("<hi>improved</hi>", "<sub>improved</sub>", "may not stand in <seg>"),
    ('tuid="a1"', 'id="a1"', "no attribute 'id'"),
    ("  <body>", "  <header/><body>", "lacks its attribute"),
    ("</tmx>", "", "not well-formed"),
    ("<tmx ", "<tmx2 ", "a vocabulary that no reader knows"),
    ('<tuv xml:lang="zh-CN"><seg>没有译文。</seg></tuv>', "<note>x</note>", "without <tuv>"),
    ('tmx14.dtd">', 'tmx14.dtd" [<!ENTITY a "b">]>', "declares its own entities"),
    ("parks.</seg>", "parks&nbsp;.</seg>", "&nbsp;"),
]


@pytest.mark.parametrize(("old", "new", "reason"), TMX_FAULTS, ids=range(len(TMX_FAULTS)))
def test_broken_tmx_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in samples.TMX
    with pytest.raises(InputError) as caught:
        read(write(tmp_path, "a.tmx", samples.TMX.replace(old, new, 1)))
    assert reason in str(caught.value)


def test_xliff2(tmp_path: Path) -> None:
    bitext = read(write(tmp_path, "a.xlf", samples.XLIFF2))
    assert pairs_of(bitext) == [
        ("u1", "新建公园30处。", "We built 30 parks."),
        ("u1", "完善制度。", "We improved the system."),
        ("u3", "待译。", ""),
    ]
    assert isinstance(bitext, Bitext)
    codes = bitext.target.blocks[1].marks
    assert [(m.kind, m.start, m.ref) for m in codes] == [
        ("code", 12, "2"),
        ("code", 22, "2"),
        ("code", 23, "3"),
    ]


CHANGES = (
    '<ctr:changeTrack xmlns:ctr="urn:oasis:names:tc:xliff:changetracking:2.0">'
    '<ctr:revisions appliesTo="target"><ctr:revision>'
    '<ctr:item property="{}">x</ctr:item></ctr:revision></ctr:revisions></ctr:changeTrack>'
)
XLIFF2_FAULTS = [
    ('version="2.0" src', 'version="2.9" src', "version '2.9'"),
    (' srcLang="zh-CN"', "", "'srcLang'"),
    (' trgLang="en"', "", "no trgLang"),
    ('srcLang="zh-CN"', 'srcLang="zh_CN"', "no BCP 47"),
    ('<file id="f1" ', "<file ", "'id'"),
    ('id="f1"', 'id="f 1"', "no name token"),
    ('<skeleton href="report.skl"/>', "<skeleton/>", "content or href"),
    ('<skeleton href="report.skl"/>', '<skeleton href="r">x</skeleton>', "content or href"),
    ('type="x:chapter"', 'type="chapter"', "prefix:value"),
    ('id="u2"', 'id="u1"', "unit id 'u1' is used twice"),
    (' original="report.docx"', ' source="r"', "no attribute 'source'"),
    ('translate="no"', 'translate="maybe"', "translate='maybe'"),
    ('id="s2"', 'id="s1"', "'s1'"),
    ('id="s2"', 'id="m1"', "'m1'"),
    ('<segment id="s2">', '<segment id="s2" subState="a:b">', "subState without state"),
    ('state="translated"', 'state="done"', "state='done'"),
    ('subState="my:done"', 'subState="done"', "prefix:value"),
    ('<target order="3">', '<target order="1">', "number 1"),
    ('<target order="3">', '<target order="4">', "order=4"),
    ('<target order="3">', '<target order="0">', "no positive number"),
    ('<target order="3">', '<target xml:lang="fr">', "'fr'"),
    ("<source>完善", '<source xml:lang="en">完善', "'en'"),
    ('<ec startRef="2" dataRef="d2"/>。', "。", "not ended"),
    ('<sc id="2" dataRef="d1" canCopy', '<sc id="2" isolated="yes" dataRef="d1" canCopy', "isolated"),
    ('<ec startRef="2" dataRef="d2"/>。', '<ec startRef="9"/>。', "names no <sc>"),
    ('<ec startRef="2" dataRef="d2"/>。', '<ec id="9"/>。', "startRef and no id"),
    ('<ec startRef="2" dataRef="d2"/>。', '<ec startRef="2" id="9"/>。', "startRef and no id"),
    ('<ph id="3" type="fmt" subType="xlf:lb"/>', '<ph id="3" subType="xlf:lb"/>', "subType without type"),
    ('<ph id="3" type="fmt" subType="xlf:lb"/>', '<ph id="3" type="ui" subType="xlf:lb"/>', "with type"),
    ('<ph id="3" type="fmt" subType="xlf:lb"/>', '<ph id="3" type="bold"/>', "type='bold'"),
    ('<ph id="3" type="fmt" subType="xlf:lb"/>', '<ph id="2"/>', "'2'"),
    ('<ph id="3" type="fmt" subType="xlf:lb"/>', "<ph/>", "'id'"),
    ('<ph id="3" type="fmt" subType="xlf:lb"/>', '<ph id="3" copyOf="9"/>', "copyOf='9'"),
    ('<ph id="3" type="fmt" subType="xlf:lb"/>', '<ph id="3" copyOf="2"/>', "may not be copied"),
    ('<ph id="3" type="fmt" subType="xlf:lb"/>', '<ph id="3" subFlows="u7"/>', "'u7'"),
    ('<ph id="3" type="fmt" subType="xlf:lb"/>', '<ph id="3" canReorder="no"/>', "canCopy"),
    ('<ph id="3" type="fmt" subType="xlf:lb"/>', "<b/>", "<b>"),
    ('dataRefStart="d1" dataRefEnd="d2">30</pc>处', 'dataRefStart="d7">30</pc>处', "'d7'"),
    ('<data id="d2">', '<data id="d1">', "data id 'd1'"),
    ('ref="#n=n1"', 'ref="#n=n7"', "names no note"),
    ('type="comment" ref="#n=n1"', 'type="x:y" ref="#n=n7"', "names nothing"),
    ('type="comment" ref="#n=n1"', 'type="term" ref="#m7"', "names nothing"),
    *(
        ('type="comment" ref="#n=n1"', f'type="term" ref="{ref}"', "no fragment identifier")
        for ref in ("#", "#n=", "#=n1", "#u=u1/f=f1", "#n=n1/n=n1", "#/u=u1", "#q=1", "#n=a b", "#f=f1//u=u1")
    ),
    ('<file id="f1" ', '<file id="f1" xml:lang="fr" ', "xml:lang='fr'"),
    ('<group id="g1" ', '<group id="g1" xml:lang="zh-CN" ', "xml:lang='zh-CN' on <target>"),
    ('<unit id="u3">', '<unit id="u3" xml:lang="z_h">', "no BCP 47"),
    ('<unit id="u3">', '<unit id="u3" xml:lang="en">', "'en'"),
    ('<mtc:match id="mm1" ', '<mtc:match id="mm1" xml:lang="zh-CN" ', "no attribute 'xml:lang'"),
    ('<mtc:match id="mm1" ref="#m1"', '<mtc:match id="mm1" ref="m1"', "begins with no #"),
    ('<unit id="u3">', '<unit id="u3" xml:id="a"><x:a xml:id="a"/>', "xml:id 'a' is used twice"),
    ('<unit id="u3">', '<unit id="u3" slr:sizeInfo="wide">', "no number"),
    ('<unit id="u3">', '<unit id="u3" slr:sizeInfo="3" slr:sizeInfoRef="a">', "together"),
    ('<unit id="u3">', '<unit id="u3" slr:sizeInfoRef="a">', "names no size data"),
    (
        '<ec startRef="2" dataRef="d2"/>。',
        '<ec startRef="2" slr:sizeInfoRef="a"/>。',
        "not isolated",
    ),
    ('<unit id="u3">', f'<unit id="u3">{CHANGES.format("colour")}', "property='colour'"),
    ('type="comment" ref="#n=n1"', 'type="comment"', "value or ref"),
    ('type="comment" ref="#n=n1"', 'type="own"', "type='own'"),
    ('hex="001B"', 'hex="1B"', "hexadecimal"),
    ('hex="001B"', 'hex="0041"', "XML can hold"),
    ('priority="2"', 'priority="11"', "not 1 to 10"),
    ('appliesTo="source"', 'appliesTo="both"', "appliesTo='both'"),
    ("<segment><source>待译", "<segment><target>x</target><source>待译", "lacks its <source>"),
    (
        '<unit id="u3"><segment><source>待译<cp hex="001B"/>。</source></segment></unit>',
        '<unit id="u3"/>',
        "lacks its <segment>",
    ),
    (
        '<unit id="u3"><segment>',
        '<unit id="u3"><ignorable><source/></ignorable><ignorable>',
        "not well-formed",
    ),
    ('matchQuality="80.5"', 'matchQuality="180"', "0.0 and 100.0"),
    ('<mtc:match id="mm1" ref="#m1"', '<mtc:match id="mm1"', "'ref'"),
    ('<mtc:match id="mm1" ref="#m1"', '<mtc:match id="mm1" ref="#m8"', "names nothing"),
    ("<target>park</target>", "", "lacks its <target>"),
    ("<gls:translation>park</gls:translation>", "", "neither translation nor definition"),
    ("<gls:term>公园</gls:term>", "", "<gls:term>"),
    ('<mda:meta type="k">', "<mda:meta>", "'type'"),
    ('isPresent="park" occurs="1"', 'occurs="1"', "exactly one"),
    ('isPresent="park" occurs="1"', 'startsWith="p" occurs="1"', "occurs without"),
    ('<unit id="u3">', '<unit id="u3" fs:subFs="a">', "fs:subFs without"),
    ('dataRefStart="d1" dataRefEnd="d2">30</pc>处', 'dataRefStart="d1">30</pc>处', "go together"),
    ('dataRefStart="d1" dataRefEnd="d2">30</pc>处', 'subFlowsEnd="u2">30</pc>处', "go together"),
    ('dataRefStart="d1" dataRefEnd="d2">30</pc>处', 'equivStart="">30</pc>处', "go together"),
    ('type="comment" ref="#n=n1"', 'value="x"', "says nothing"),
    ('type="comment" ref="#n=n1"', 'type="mtc:match" ref="#n=n1"', "type mtc:match"),
    ('type="comment" ref="#n=n1"', 'type="a:b:c"', "type='a:b:c'"),
    ('subState="my:done"', 'subState="xlf:done"', "reserved"),
    ('<unit id="u3"><segment>', '<unit id="u3"><segment state="reviewed">', "without <target>"),
    (
        '<segment id="s1" state="translated" subState="my:done">\n     <source>',
        '<segment id="s1" state="final"><source><ph id="k" canDelete="no"/>',
        "missing in a final",
    ),
    ('<ec startRef="2" dataRef="d2"/>。', '<ec startRef="2" canReorder="firstNo"/>。', "does not go with"),
    ('hex="001B"', 'hex="110000"', "no code point"),
    ('<unit id="u3">', '<unit id="u3" fs:fs="blink">', "'blink'"),
    ('<ph id="3"/></target>', '<ph id="3" x:own="1"/></target>', "other vocabularies"),
    ("<file id", "<mda:metadata/><file id", "may not stand here"),
    ("</file>", "</file><x:more/>", "may not stand here"),
    ("<source>待译", "<source>待译<x:y/>", "may not stand here"),
]


@pytest.mark.parametrize(("old", "new", "reason"), XLIFF2_FAULTS, ids=range(len(XLIFF2_FAULTS)))
def test_broken_xliff2_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in samples.XLIFF2
    with pytest.raises(InputError) as caught:
        read(write(tmp_path, "a.xlf", samples.XLIFF2.replace(old, new, 1)))
    assert reason in str(caught.value)


XLIFF2_ALLOWED = [
    ('<unit id="u3">', f'<unit id="u3">{CHANGES.format("order")}{CHANGES.format("content")}'),
    ('<pc id="1" dataRefStart="d1"', '<pc id="1" slr:sizeRestriction="9" dataRefStart="d1"'),
    ('<sc id="2" dataRef="d1" canCopy', '<sc id="2" slr:storageRestriction="9" dataRef="d1" canCopy'),
    ('<unit id="u3">', '<unit id="u3" slr:sizeInfoRef="a"><slr:data profile="p"><x:a id="a"/></slr:data>'),
    (
        '<unit id="u3">',
        '<unit id="u3"><res:resourceData xmlns:res="urn:oasis:names:tc:xliff:resourcedata:2.0">'
        "<res:resourceItem><res:source><source>原</source></res:source></res:resourceItem></res:resourceData>",
    ),
    ('ref="#n=n1"', 'ref="#/f=f1/u=u1/n=n1"'),
    ('type="comment" ref="#n=n1"', 'type="term" ref="https://terms.example/park"'),
    ('type="comment" ref="#n=n1"', 'type="term" ref="#t=1"'),
    ('type="comment" ref="#n=n1"', 'translate="no"'),
    ('<ec startRef="2" dataRef="d2"/>。', '<ec startRef="2" canReorder="no" canDelete="no" canCopy="no"/>。'),
    ('dataRefStart="d1" dataRefEnd="d2">30</pc>处', 'subFlowsStart="u2 u3" subFlowsEnd="u2">30</pc>处'),
]


@pytest.mark.parametrize(("old", "new"), XLIFF2_ALLOWED, ids=range(len(XLIFF2_ALLOWED)))
def test_what_the_specification_allows(tmp_path: Path, old: str, new: str) -> None:
    assert old in samples.XLIFF2
    assert read(write(tmp_path, "a.xlf", samples.XLIFF2.replace(old, new, 1)))


def test_xliff_2_2(tmp_path: Path) -> None:
    """The namespace of its own, attributes on segments, the module for plurals."""
    text = (
        samples.XLIFF2.replace("document:2.0", "document:2.2")
        .replace('version="2.0"', 'version="2.2" xmlns:pgs="urn:oasis:names:tc:xliff:pgs:1.0"')
        .replace('<unit id="u3"><segment>', '<unit id="u3" pgs:switch="plural:n"><segment pgs:case="other">')
    )
    assert pairs_of(read(write(tmp_path, "a.xlf", text)))[0][1:] == ("新建公园30处。", "We built 30 parks.")
    with pytest.raises(InputError, match="does not go with the namespace"):
        read(write(tmp_path, "b.xlf", text.replace('version="2.2"', 'version="2.1"')))


def test_xliff1(tmp_path: Path) -> None:
    bitext = read(write(tmp_path, "a.xlf", samples.XLIFF1))
    assert pairs_of(bitext) == [
        ("t1", "新建公园30处。", "We built 30 parks."),
        ("t2/1", "一是改革。", "First, reform."),
        ("t2/2", "二是开放。", "Second, opening up."),
        ("t4", "待译。", ""),
    ]


XLIFF1_FAULTS = [
    ('version="1.2"', 'version="7"', "version '7'"),
    (' datatype="plaintext"', "", "'datatype'"),
    (' source-language="zh-CN"', "", "'source-language'"),
    ('<trans-unit id="t1">', "<trans-unit>", "'id'"),
    ('id="t4"', 'id="t1"', "'t1' is used twice"),
    ("<source>ABC-1</source>", "", "no <source>"),
    ("<source>ABC-1</source>", "<source>a</source><source>b</source>", "2 <source>"),
    ('<x id="7"/>', "<x/>", "'id'"),
    ('<x id="7"/>', '<bpt id="7">a</bpt>', "has no <ept>"),
    ('<x id="7"/>', '<ept id="7">a</ept>', "no <bpt>"),
    ("<body>", "<body>text", "text stands directly"),
    ("<body>", "<body><p/>", "<p> may not stand"),
    ('state="translated"', 'state="ready"', "state='ready'"),
    ('<target state="translated">', '<target xml:lang="fr">', "'fr'"),
]


@pytest.mark.parametrize(("old", "new", "reason"), XLIFF1_FAULTS, ids=range(len(XLIFF1_FAULTS)))
def test_broken_xliff1_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in samples.XLIFF1
    with pytest.raises(InputError) as caught:
        read(write(tmp_path, "a.xlf", samples.XLIFF1.replace(old, new, 1)))
    assert reason in str(caught.value)


XLIFF1_ALLOWED = [
    ('<g id="1">公园</g>', '<g id="1">公</g><g id="1">园</g>'),
    ('<target state="translated">', '<target state="translated" xml:lang="en-GB">'),
    ("<source>待译", '<source xml:lang="zh">待译'),
    ('<x id="7"/>', '<x id="7"/><x id="7"/>'),  # as Angular names its placeholders
]


@pytest.mark.parametrize(("old", "new"), XLIFF1_ALLOWED, ids=range(len(XLIFF1_ALLOWED)))
def test_harmless_slips_of_xliff1(tmp_path: Path, old: str, new: str) -> None:
    assert old in samples.XLIFF1
    assert read(write(tmp_path, "a.xlf", samples.XLIFF1.replace(old, new, 1)))


@pytest.mark.parametrize("kind", ["x-sdl-", "x-sdl-feedback-"])
def test_tracked_changes_of_trados(tmp_path: Path, kind: str) -> None:
    changed = (
        f'We built <mrk mtype="{kind}deleted" sdl:revid="r2">20</mrk><mrk mtype="{kind}added" sdl:revid="r1">'
        '30</mrk> <mrk mtype="x-sdl-comment">new <g id="1">parks</g></mrk>'
    )
    text = samples.XLIFF1.replace('We built 30 <g id="1">parks</g>', changed).replace(
        "<xliff ", '<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" '
    )
    path = write(tmp_path, "a.sdlxliff", text)
    for changes, number in (("accept", 30), ("original", 20)):
        found = pairs_of(read(path, ReadOptions(tracked_changes=changes)))
        assert found[0][2] == f"We built {number} new parks."


def test_a_file_of_studio(tmp_path: Path) -> None:
    """Tags over segments, a tag that is cut, locked units, comments, a segment without translation."""
    assert pairs_of(read(write(tmp_path, "a.sdlxliff", samples.STUDIO))) == [
        ("t1/1", "新建公园30处。", "We built 30 parks."),
        ("t1/2", "改造小区60个。", "Sixty compounds were renovated."),
        ("t2/3", "前一。", "First one."),
        ("t2/4", "后二。", ""),
    ]


def test_a_file_of_memoq(tmp_path: Path) -> None:
    """What begins in one segment ends in the next; comments and matches are no text."""
    found = pairs_of(read(write(tmp_path, "a.mqxliff", samples.MEMOQ)))
    assert found == [("1", "粗体。", "Bold type."), ("2", "到此为止。", "")]
    with pytest.raises(InputError, match="has no <ept>"):
        read(write(tmp_path, "a.xlf", samples.MEMOQ.replace(' xmlns:mq="MQXliff"', ' xmlns:mq="urn:x"')))


def test_a_file_of_phrase(tmp_path: Path) -> None:
    """Its codes stand in the text."""
    bitext = read(write(tmp_path, "a.mxliff", samples.PHRASE))
    assert pairs_of(bitext) == [("x:0", "新建公园30处。", "We built 30 parks.")]
    assert isinstance(bitext, Bitext)
    codes = [(m.start, m.ref) for m in bitext.target.blocks[0].marks if m.kind == "code"]
    assert codes == [(12, "{1>"), (17, "<1}"), (17, "{2}")]


def test_no_text_is_no_error_of_the_file(tmp_path: Path) -> None:
    text = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en">'
        '<file id="f"><unit id="u"><segment><source/></segment></unit></file></xliff>'
    )
    path = write(tmp_path, "a.xlf", text)
    bitext = read(path)
    assert isinstance(bitext, Bitext)
    assert (bitext.source.blocks, bitext.given) == ((), ())
    with pytest.raises(InputError, match="nothing to check"):
        load_input(path, None, Settings())


def test_standoff_data_for_each_finding(tmp_path: Path) -> None:
    twice = ITS.replace(
        "<segment id",
        '<its:locQualityIssues xml:id="l2"><its:locQualityIssue locQualityIssueType="other"/>'
        "</its:locQualityIssues><segment id",
        1,
    )
    assert read(write(tmp_path, "a.xlf", twice))


def test_other_languages_can_be_read(tmp_path: Path) -> None:
    text = samples.XLIFF1.replace("zh-CN", "en-GB").replace("en-US", "fr-FR")
    bitext = read(write(tmp_path, "a.xlf", text))
    assert isinstance(bitext, Bitext)
    assert (bitext.source.language, bitext.target.language) == ("en", "fr")


def test_untranslated_xliff_is_one_document(tmp_path: Path) -> None:
    text = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="zh"><file id="f">'
        '<unit id="u"><segment><source>待译。</source></segment></unit></file></xliff>'
    )
    document = read(write(tmp_path, "a.xlf", text))
    assert isinstance(document, Document)
    assert [b.place.unit for b in document] == ["u"]


def test_codes_that_may_not_move(tmp_path: Path) -> None:
    fixed = 'canCopy="no" canDelete="no" canReorder'
    text = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en">'
        '<file id="f">'
        f'<unit id="u"><segment><source>甲<ph id="1" {fixed}="firstNo"/>乙<ph id="2" {fixed}="no"/></source>'
        '<target>A<ph id="{}"/>B<ph id="{}"/></target></segment></unit></file></xliff>'
    )
    assert read(write(tmp_path, "a.xlf", text.format(1, 2)))
    with pytest.raises(InputError, match="may not be moved"):
        read(write(tmp_path, "a.xlf", text.format(2, 1)))


ITS = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:its="http://www.w3.org/2005/11/its"
 version="2.1" srcLang="zh" trgLang="en" its:version="2.0"><file id="f"><unit id="u">
 <its:locQualityIssues xml:id="l1"><its:locQualityIssue locQualityIssueType="numbers"/></its:locQualityIssues>
 <segment id="s1"><source>甲。</source><target order="2">two<ec startRef="1"/></target></segment>
 <segment id="s2"><source>乙。</source><target order="1"><sc id="1"/><mrk id="m" type="its:generic"
 its:locQualityIssuesRef="#its=l1">One</mrk></target></segment></unit></file></xliff>"""


def test_its_and_reordered_targets(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.xlf", ITS))
    for old, new, reason in (
        (' its:version="2.0"', "", "without its:version"),
        ("#its=l1", "#l1", "names no standoff"),
        ("#its=l1", "#its=l2", "names no standoff"),
        (' xml:id="l1"', "", "xml:id"),
        (' order="2"', ' order="1"', "stands before"),
    ):
        with pytest.raises(InputError, match=reason):
            read(write(tmp_path, "a.xlf", ITS.replace(old, new, 1)))
