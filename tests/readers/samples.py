"""Small files of paired formats, whole and sound; tests break them one rule at a time."""

# ruff: noqa: E501

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
          srclang="zh-CN" datatype="plaintext">
    <note>about</note>
    <prop type="domain">government</prop>
    <ude name="signs" base="latin1"><map unicode="#xF8FF" code="#xF0"/></ude>
  </header>
  <body>
    <tu tuid="a1" segtype="sentence">
      <note>one</note>
      <tuv xml:lang="zh-CN"><seg>全年新建口袋公园30处。</seg></tuv>
      <tuv xml:lang="en-US"><prop type="p">x</prop><seg>We built 30 pocket parks.</seg></tuv>
    </tu>
    <tu tuid="a2">
      <tuv xml:lang="zh-CN"><seg><bpt i="1" x="1">&lt;b&gt;</bpt>完善<ept i="1">&lt;/b&gt;</ept>制度<ph x="2"/>。</seg></tuv>
      <tuv xml:lang="en-US"><seg>We <hi>improved</hi> the <it pos="begin" x="1">[</it>system.</seg></tuv>
    </tu>
    <tu>
      <tuv xml:lang="zh-CN"><seg>没有译文。</seg></tuv>
    </tu>
  </body>
</tmx>
"""

XLIFF2 = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"
  xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"
  xmlns:fs="urn:oasis:names:tc:xliff:fs:2.0" xmlns:slr="urn:oasis:names:tc:xliff:sizerestriction:2.0" xmlns:val="urn:oasis:names:tc:xliff:validation:2.0"
  xmlns:x="urn:example:own" version="2.0" srcLang="zh-CN" trgLang="en">
 <file id="f1" original="report.docx">
  <skeleton href="report.skl"/>
  <x:tool name="t"/>
  <notes><note id="n1">about the file</note></notes>
  <group id="g1" type="x:chapter">
   <unit id="u1" name="first">
    <mtc:matches><mtc:match id="mm1" ref="#m1" matchQuality="80.5"><source>公园</source><target>park</target></mtc:match></mtc:matches>
    <gls:glossary><gls:glossEntry ref="#m1"><gls:term>公园</gls:term><gls:translation>park</gls:translation></gls:glossEntry></gls:glossary>
    <mda:metadata><mda:metaGroup category="c"><mda:meta type="k">v</mda:meta></mda:metaGroup></mda:metadata>
    <val:validation><val:rule isPresent="park" occurs="1"/></val:validation>
    <notes><note id="n1" appliesTo="source" priority="2">here</note></notes>
    <originalData><data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data></originalData>
    <segment id="s1" state="translated" subState="my:done">
     <source>新建<mrk id="m1" type="comment" ref="#n=n1">公园</mrk><pc id="1" dataRefStart="d1" dataRefEnd="d2">30</pc>处。</source>
     <target>We built <pc id="1" dataRefStart="d1" dataRefEnd="d2">30</pc> parks.</target>
    </segment>
    <ignorable><source> </source></ignorable>
    <segment id="s2">
     <source>完善<sc id="2" dataRef="d1" canCopy="no" canDelete="no" canReorder="firstNo"/>制度<ec startRef="2" dataRef="d2"/>。<ph id="3" type="fmt" subType="xlf:lb"/></source>
     <target order="3">We improved <sc id="2" dataRef="d1"/>the system<ec startRef="2" dataRef="d2"/>.<ph id="3"/></target>
    </segment>
   </unit>
  </group>
  <unit id="u2" translate="no"><segment><source>ABC-1</source></segment></unit>
  <unit id="u3"><segment><source>待译<cp hex="001B"/>。</source></segment></unit>
 </file>
</xliff>
"""

XLIFF1 = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file original="r.docx" source-language="zh-CN" target-language="en-US" datatype="plaintext">
  <header/>
  <body>
   <group id="g">
    <trans-unit id="t1"><source>新建<g id="1">公园</g>30处。</source><target state="translated">We built 30 <g id="1">parks</g>.</target>
     <note>n</note></trans-unit>
    <trans-unit id="t2"><source>一是改革。二是开放。</source>
     <seg-source><mrk mtype="seg" mid="1">一是改革。</mrk><mrk mtype="seg" mid="2">二是开放。</mrk></seg-source>
     <target><mrk mtype="seg" mid="1">First, reform.</mrk> <mrk mtype="seg" mid="2">Second, opening up.</mrk></target></trans-unit>
   </group>
   <trans-unit id="t3" translate="no"><source>ABC-1</source></trans-unit>
   <trans-unit id="t4"><source>待译<x id="7"/>。</source><target/></trans-unit>
  </body>
 </file>
</xliff>
"""

STUDIO = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs><cmt-def id="c1"><Comments xmlns=""><Comment>Look
here</Comment></Comments></cmt-def></cmt-defs></doc-info>
<file original="a.docx" datatype="x-sdlfilterframework2" source-language="zh-CN" target-language="en-US">
<header><tag-defs xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><tag id="5"><bpt name="b">b</bpt></tag></tag-defs></header>
<body><trans-unit id="lock" translate="no" sdl:locktype="Manual"><source>LOCK</source></trans-unit>
<group><sdl:cxts><sdl:cxt id="1"/></sdl:cxts><trans-unit id="t1">
<source><g id="5">新建公园30处。改造小区60个。</g></source>
<seg-source><g id="5"><mrk mtype="seg" mid="1">新建公园30处。</mrk><mrk mtype="seg" mid="2">改造小区60个。</mrk></g></seg-source>
<target><g id="5"><mrk mtype="seg" mid="1">We built 30 parks. </mrk><mrk mtype="seg" mid="2"><mrk mtype="x-sdl-comment"
sdl:cid="c1">Sixty</mrk> compounds were renovated.</mrk></g></target><sdl:seg-defs><sdl:seg id="1" conf="Translated"/>
<sdl:seg id="2" conf="Draft" locked="true"/></sdl:seg-defs></trans-unit></group>
<trans-unit id="t2"><source>前<g id="1">一</g>。<g id="1">后</g>二。</source><seg-source><mrk mtype="seg" mid="3">前<g
id="1">一</g>。</mrk><mrk mtype="seg" mid="4"><g id="1">后</g>二。</mrk></seg-source><target><mrk mtype="seg"
mid="3">First <g id="1">one</g>.</mrk> <mrk mtype="seg" mid="4"/></target></trans-unit></body></file></xliff>"""
MEMOQ = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" xmlns:mq="MQXliff">
<file original="a.docx" source-language="zh-cn" target-language="en-us" datatype="x-memoq"><body>
<trans-unit id="1" mq:status="ManuallyConfirmed"><source>粗<bpt id="1" rid="1">{}</bpt>体。</source>
<target>Bold <bpt id="1" rid="1">{}</bpt>type.</target><mq:comments><mq:comment deleted="false">note</mq:comment></mq:comments>
<mq:insertedmatch><source>旧</source><target>old</target></mq:insertedmatch><mq:minorversions><mq:historical-unit>
<trans-unit id="1"><source>旧</source><target>old</target></trans-unit></mq:historical-unit></mq:minorversions></trans-unit>
<trans-unit id="2" mq:status="NotStarted"><source>到此<ept id="2" rid="1">{}</ept>为止。</source><target/></trans-unit>
</body></file></xliff>"""
PHRASE = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:m="http://www.memsource.com/mxlf/2.0" version="1.2"
m:version="2.4"><file original="a.docx" source-language="zh_cn" target-language="en" datatype="x-docx"><header/><body>
<group id="0" m:para-id="0"><trans-unit id="x:0" m:confirmed="1"><source>新建{1&gt;公园&lt;1}30处{2}。</source>
<target>We built 30 {1&gt;parks&lt;1}{2}.</target><alt-trans origin="machine-trans"><target>machine</target></alt-trans>
<m:tunit-metadata><m:mark id="1"><m:type>bold</m:type></m:mark></m:tunit-metadata></trans-unit></group></body></file></xliff>"""
