"""What a stranger may send, for every place that shows it: control characters, markup of each kind, and how to look."""

from __future__ import annotations

import unicodedata

# In every payload, so that its text is found again wherever it is shown.
MARK = "q7Zk"
# What may never reach a terminal, a page or a file as it is, one of each kind.
CONTROLS = {
    "escape": "\x1b[31m",
    "title": "\x1b]0;owned\x07",
    "backspace": "\x08",
    "null": "\x00",
    "delete": "\x7f",
    "CSI of one character": "\x9b2J",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "right to left": "\u202e",
    "isolate": "\u2066",
    "left to right mark": "\u200e",
    "Arabic letter mark": "\u061c",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "filler": "\u3164",
    "half-width filler": "\uffa0",
    "blank Braille": "\u2800",
    "variation selector": "\ufe0f",
    "further variation selector": "\U000e0100",
    "tag": "\U000e0041",
    "half of a pair": "\ud83d",
    "other half": "\udcff",
    "private": "\ue000",
    "no character": "\uffff",
    "carriage return": "\rFAKE",
    "line break": "\nFAKE",
    "tab": "\t",
}
# What people write, which stays as it is.
PLAIN = "Zoë Ünal · José · 東京 · Ελλάδα · עברית · 🎓 👩 · 1\u00a0000 · e\u0301 · “x” — ✓ \\x1b C:\\temp"
TEXTUAL_MARKUP = (
    f"[bold]{MARK}[/bold]",
    f"[link=https://{MARK}.example]x[/link]",
    f"[@click=app.quit]{MARK}[/]",
    f"[/]{MARK}[/bold red]",
    f"[$error]{MARK}[/$error] $primary [reverse",
    f"[on red]{MARK}[",
)
WEB_MARKUP = (
    f"<script>document.title='{MARK}'</script>",
    f"<img src=x onerror=\"document.title='{MARK}'\">",
    f"\"><svg/onload=document.title='{MARK}'>",
    f"' onmouseover='document.title=\"{MARK}\"' x='",
    f"</style><script>document.title='{MARK}'</script><style>",
    f"</title><script>document.title='{MARK}'</script>",
    f"<a href=\"javascript:document.title='{MARK}'\">{MARK}</a>",
    f"javascript:document.title='{MARK}'",
    f"<!-- {MARK} --><b onclick=1>x</b><!--",
    f"<![CDATA[{MARK}]]><script>document.title='{MARK}'</script>]]>",
    f"&lt;script&gt;{MARK}&#x1b;&quot;&#60;/script&#62;",
    f"<meta http-equiv=refresh content='0;url=//{MARK}.example'><base href=//{MARK}.example>",
    f"<style>@import '//{MARK}.example'; body{{display:none}}</style>",
    f"<iframe srcdoc=\"<script>parent.document.title='{MARK}'</script>\"></iframe>",
    f"{{{{ 7*7 }}}}{{% raw %}}{MARK}",
)
MARKDOWN = (
    f"# {MARK}",
    f"[{MARK}](https://{MARK}.example)",
    f"![{MARK}](https://{MARK}.example/x.png)",
    f"[{MARK}][1] [1]: https://{MARK}.example",
    f"<https://{MARK}.example>",
    f"<b>{MARK}</b><img src=x>",
    f"`{MARK}` ``[{MARK}](x)`` ```",
    f"`](https://{MARK}.example) [{MARK}",
    f"**{MARK}** __{MARK}__ ~~{MARK}~~",
    f"| {MARK} | x | --- | --- |",
    f"- {MARK}",
    f"1. {MARK}",
    f"> {MARK}",
    f"=== {MARK}",
    f"{MARK} \\",
    f"\\[{MARK}](https://{MARK}.example)",
    f"&lt;{MARK}&gt; &#91;x&#93;(y)",
)


def controlled() -> str:
    """One line with every control character, each named by the mark before it."""
    return "".join(f"{MARK}{number}{text}" for number, text in enumerate(CONTROLS.values()))


def acting(text: str, kept: str = "\n") -> set[str]:
    """The characters of an output that would act, or that nobody sees; `kept` are the ones of its own lines."""
    return {
        char
        for char in text
        if char not in kept
        and (
            unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
            or char in "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
            or "\u180b" <= char <= "\u180f"
            or "\ufe00" <= char <= "\ufe0f"
            or "\U000e0000" <= char <= "\U000e0fff"
        )
    }
