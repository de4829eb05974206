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
