"""`docs/keys.md` from the table of actions: `python -m tests.keys_page` writes it."""

from pathlib import Path

from hallq.i18n import _, set_language
from hallq.keys import ACTIONS, CHOOSING, key_name

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"

_PLACES = {
    "counter": "Counter · 窗口",
    "guide": "Guide · 引导台",
    "appointments": "Appointments (Y at the guide's desk) · 预约（引导台按 Y）",
    "manager": "Manager · 值班经理",
    "board": "Board · 叫号大屏",
    "staff": "Staff list · 员工名册",
    "entry": "Entry · 登录",
    "sign-in": "Sign-in · 签到",
    "all": "Everywhere · 各屏通用",
}

_HEAD = """# Keys · 按键

The space bar does the likely next thing. Letters are the first letter of the English word in both
languages; digits choose; Esc goes back without loss. What can't be done now is not shown.
空格键做最可能的下一步；字母取英文首字母，中英文界面相同；数字键选择；Esc 返回，不丢输入。

Ctrl+P opens the palette of all commands, Ctrl+Q quits. Ctrl+P 打开命令面板，Ctrl+Q 退出。
"""


def page() -> str:
    """The page as it should be."""
    parts = [_HEAD]
    for place in dict.fromkeys(action.place for action in ACTIONS):
        parts.append(f"\n## {_PLACES[place]}\n\n| key | | | 中文 |\n| --- | --- | --- | --- |\n")
        for keys, help_words in ((keys, words) for where, keys, words in CHOOSING if where == place):
            set_language("en")
            key, words = _(keys), _(help_words)
            set_language("zh")
            parts.append(f"| {key} | | {words} | {_(help_words)} |\n")
        for action in (a for a in ACTIONS if a.place == place):
            set_language("en")
            key, label, words = _(key_name(action.keys)), _(action.label), _(action.help)
            set_language("zh")
            parts.append(f"| {key} | {label} | {words} | {_(action.label)}：{_(action.help)} |\n")
    set_language("en")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
