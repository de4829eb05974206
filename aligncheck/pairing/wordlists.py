"""Word lists of the alignment: function words, irregular forms, endings."""

from __future__ import annotations

_STOP = """
a an the and or but if of to in on at by for from with as into onto upon about than that this these
those it its he she his him her hers they them their theirs we us our ours you your yours i me my mine
is are was were be been being am do does did done have has had having will would shall should can could
may might must not no nor so such there here what which who whom whose when where why how all any both
each few more most other some own same too very just also only then once again over under up down out
off through during before after above below between because while until against s t don ll ve re d m let
one's sb sth etc
"""

_HAN_STOP = """
的 了 着 过 和 与 及 以及 并 并且 而 而且 在 于 对 对于 把 将 被 让 使 由 从 向 到 为 是 也
都 就 还 又 很 更 最 不 没 没有 有 这 那 这个 那个 这些 那些 之 其 所 以 因 因为 所以 但 但是
如果 虽然 地 得 们 个 一个 我 你 他 她 它 我们 你们 他们 她们 它们 自己 啊 呢 吗 吧 呀 嘛 上 下
里 中 来 去 说 等 等等
"""

# Base form: its irregular forms.
_IRREGULAR = """
go:went,gone come:came make:made take:took,taken give:gave,given get:got,gotten see:saw,seen say:said
know:knew,known think:thought find:found tell:told feel:felt leave:left keep:kept begin:began,begun
bring:brought build:built,rebuilt buy:bought catch:caught choose:chose,chosen draw:drew,drawn
drive:drove,driven eat:ate,eaten fall:fell,fallen fight:fought fly:flew,flown grow:grew,grown,growth
hear:heard hold:held lead:led lose:lost mean:meant meet:met pay:paid rise:rose,risen run:ran sell:sold
send:sent shake:shook,shaken sit:sat sleep:slept speak:spoke,spoken spend:spent stand:stood
steal:stole,stolen strike:struck teach:taught understand:understood wear:wore,worn win:won
write:wrote,written man:men woman:women child:children foot:feet tooth:teeth person:people,persons
life:lives wife:wives bear:bore,born,borne break:broke,broken die:dead,death,dying
strong:strength,strengthen long:length,lengthen high:height wide:width good:better,best bad:worse,worst
sing:sang,sung swim:swam,swum throw:threw,thrown weave:wove,woven hide:hid,hidden bite:bit,bitten
blow:blew,blown forget:forgot,forgotten freeze:froze,frozen ride:rode,ridden ring:rang,rung shine:shone
shoot:shot drink:drank,drunk swear:swore,sworn wake:woke,woken lie:lay,lain,lying seek:sought
undertake:undertook,undertaken overcome:overcame uphold:upheld arise:arose,arisen
"""

# Ending:least number of letters that must stay; the first that fits is cut.
_ENDINGS = """
ization:4 isation:4 ational:4 fulness:3 iveness:3 ations:4 ation:4 ition:4 ments:4 ment:4 ness:3 ance:4
ence:4 able:4 ible:4 ship:4 ingly:4 edly:4 ally:4 ity:4 ize:4 ise:4 ion:4 ing:3 ful:3 ous:4 ive:4 ied:2
ed:3 er:4 or:4 ly:3 al:4 ic:4 en:4
"""

#: English function words, which say nothing about what is rendered.
STOP = frozenset(_STOP.split())

#: Chinese function words.
HAN_STOP = frozenset(_HAN_STOP.split())

#: Irregular form -> base form.
IRREGULAR = {
    form: base
    for base, forms in (entry.split(":") for entry in _IRREGULAR.split())
    for form in forms.split(",")
}

#: Endings that a stem loses, with the least number of letters that must stay.
ENDINGS = tuple((ending, int(least)) for ending, least in (e.split(":") for e in _ENDINGS.split()))
