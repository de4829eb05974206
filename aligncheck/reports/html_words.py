"""The page's own words in both interface languages, and how they are written into it."""

from __future__ import annotations

from aligncheck.reports.escape import html

WORDS: dict[str, tuple[str, str]] = {
    "to_summary": ("To the summary", "跳到摘要"),
    "to_texts": ("To the texts", "跳到对照文本"),
    "to_findings": ("To the findings", "跳到问题列表"),
    "nav": ("Parts of this page", "页面导航"),
    "summary": ("Summary", "摘要"),
    "texts": ("Texts", "对照文本"),
    "findings": ("Findings", "问题"),
    "desk": ("Texts and findings", "文本与问题"),
    "search": ("Search", "搜索"),
    "search_hint": ("Search texts and findings", "搜索文本与问题"),
    "switch_language": ("切换到中文 / Switch to English", "Switch to English / 切换到中文"),
    "theme": ("Light or dark", "浅色或深色"),
    "help": ("Keyboard help", "键盘帮助"),
    "line": ("Line", "行"),
    "at_line": ("line {0}", "第{0}行"),
    "zh": ("Chinese", "中文"),
    "en": ("English", "英文"),
    "no_counterpart": ("no counterpart", "无对应内容"),
    "moved": ("moved", "移位"),
    "nothing_found": ("Nothing was found.", "没有发现问题。"),
    "filters": ("Filters", "筛选"),
    "more_filters": ("Category, confidence, decisions", "类别、可信度、处理情况"),
    "severity": ("Severity", "严重程度"),
    "category": ("Category", "类别"),
    "all": ("all", "全部"),
    "none": ("none", "清空"),
    "confidence_from": ("Confidence from", "可信度不低于"),
    "decisions": ("Decision", "处理情况"),
    "state_open": ("undecided", "未处理"),
    "state_accept": ("accepted", "已确认"),
    "state_waive": ("waived", "已豁免"),
    "state_reject": ("not an error", "误报"),
    "state_note": ("with a note only", "仅有备注"),
    "state_differ": ("revisers differ", "审校意见不一"),
    "list": ("List", "列表"),
    "progress": ("How much is decided", "处理进度"),
    "bare": ("Show words that nothing renders", "标出无对应译法的词语"),
    "only_rows": ("Only passages with a finding shown", "只看有问题的段落"),
    "export": ("Export decisions", "导出处理结果"),
    "import": ("Import", "导入"),
    "suggestion": ("Suggestion:", "建议："),
    "until": ("until", "有效期至"),
    "waived": ("Waived", "已豁免"),
    "baseline": ("In the baseline", "已在基线中"),
    "details": ("Evidence", "依据"),
    "local_only": (
        "Decisions stay in this browser until you export them. The page loads nothing from elsewhere.",
        "处理结果只保存在本浏览器中，可导出；本页不从网络加载任何内容。",
    ),
    "keyboard": ("Keyboard", "键盘操作"),
    "key_j": ("next finding", "下一个问题"),
    "key_k": ("previous finding", "上一个问题"),
    "key_a": ("accept: it is right, the text will be mended", "确认问题属实，译文待改"),
    "key_s": ("accept and take over the suggestion", "确认并采用建议"),
    "key_x": ("it is not an error", "误报：此处无误"),
    "key_e": ("accept with a wording of your own", "确认并自行改译"),
    "key_n": ("a note to the translator", "给译者的备注"),
    "key_all": ("the same for all that are alike", "对同类问题一并处理"),
    "key_y": ("copy the suggestion", "复制建议"),
    "key_words": ("from word to word: what renders it", "逐词查看对应译法"),
    "key_r": ("words that nothing renders", "标出无对应译法的词语"),
    "key_w": (
        "waive, with a reason: the text may stay (then 1–5 for the usual ones)",
        "豁免并注明理由（再按1–5选常用理由）",
    ),
    "key_u": ("undo (also Ctrl+Z)", "撤销（也可按Ctrl+Z）"),
    "key_c": ("step through the clauses of the passage", "逐个显示分句对应"),
    "accept_shown": ("Accept all shown", "确认全部所示问题"),
    "key_search": ("search", "搜索"),
    "key_esc": ("leave search, show all", "退出搜索"),
    "key_help": ("this help", "显示帮助"),
    "close": ("Close", "关闭"),
    "by": ("Your name", "姓名"),
    "penalty": ("penalty points per 1,000 characters", "每千字扣分"),
    "penalty_words": ("penalty points per 1,000 words", "每千词扣分"),
    "pairs": ("aligned pairs", "对齐句对"),
    "unpaired": ("without counterpart", "无对应"),
    "waived_count": ("waived", "已豁免"),
    "by_category": ("Findings by category", "各类问题"),
    "quality_plot": ("Quality along the document", "译文质量走势"),
    "alignment_plot": ("The alignment as a picture", "对齐示意图"),
    "worst": ("Worst passages", "问题最多的段落"),
    "terms": ("Terms used", "术语使用"),
    "terms_fine": ("{0} of {1} rendered as the glossary has it", "{1}个术语中{0}个译法规范"),
    "term": ("Term", "术语"),
    "due": ("Due", "规范译法"),
    "rendered": ("Rendered as", "实际译法"),
    "problems": ("Notes on reading the files", "读取说明"),
    "how_made": ("How this report was made", "报告生成方式"),
    "no_quality": ("No quality was estimated.", "未估算质量。"),
    "count": ("Count", "数量"),
    "passage": ("Passage", "段落"),
    "show": ("Show", "查看"),
    "minimap": ("The whole document by severity", "全文概览"),
    "key_paired": ("paired", "已对齐"),
    "key_weak": ("weakly", "较弱"),
    "fixed": ("Fixed", "已解决"),
    "new": ("New", "新出现"),
    "stayed": ("Stayed", "仍存在"),
    "edit_rate": ("edit rate (TER)", "编辑率（TER）"),
    "passages_changed": ("Passages changed", "改动的段落"),
    "added": ("added", "新增"),
    "removed": ("removed", "删除"),
    "internal_problems": ("Checks that broke down", "运行出错的检查"),
    "precedent": ("Said before", "既往译法"),
    "precedent_followed": ("Said before, and followed", "既往译法（已沿用）"),
    "precedent_exact": ("the same Chinese", "中文相同"),
    "precedent_figures": ("the same but for figures", "仅数字不同"),
    "precedent_similar": ("similar", "相似"),
    "precedent_adapted": ("With today’s figures:", "换用本次数字："),
    "start": ("start", "开头"),
    "end": ("end", "结尾"),
}


def both(key: str, *values: tuple[str, str]) -> str:
    """The words in both languages; the page shows one.  ``values`` fill ``{0}``, ``{1}``, each in both."""
    out = []
    for at, language in enumerate(("en", "zh")):
        text = WORDS[key][at].format(*(v[at] for v in values)) if values else WORDS[key][at]
        out.append(f'<span class="L" lang="{language}">{html(text)}</span>')
    return "".join(out)


def word(key: str, attribute: str = "") -> str:
    """The English words, bare or as an attribute that the script may turn into Chinese."""
    en, zh = WORDS[key]
    if not attribute:
        return html(en)
    return f'{attribute}="{html(en)}" data-zh-{attribute}="{html(zh)}"'
