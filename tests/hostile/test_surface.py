"""What the checks of one document look up beside a sign: the same, without reading all that stands before."""

from __future__ import annotations

import pytest

from aligncheck.checks.surface.texts import addresses, inside, sign_before


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://example.org/a,b;c for more.", ["https://example.org/a,b;c"]),
        ("Write to li.wei@example.org, please.", ["li.wei@example.org,"]),
        ("at www.example.cn and example.gov.cn/x today", ["www.example.cn", "example.gov.cn/x"]),
        ("详见https://example.cn/a。全年新建学校12所，", ["https://example.cn/a"]),
        ("邮箱li@example.cn，电话见后", ["li@example.cn"]),
        ("see (sub-site.example.com)", ["sub-site.example.com)"]),
        ("the end.com", ["end.com"]),
        ("No address. Nor here: a.b, e.g., 3.5 or ..com", []),
        ("a@b has no point; @ alone neither", []),
        ("www. stands alone", []),
        ("", []),
    ],
)
def test_addresses(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in addresses(text)] == found


def test_inside_and_before() -> None:
    ranges = [(2, 5), (9, 12)]
    assert [n for n in range(14) if inside(n, ranges)] == [2, 3, 4, 9, 10, 11]
    assert not inside(3, [])
    assert [sign_before("a  b", n) for n in range(5)] == ["", "a", "a", "a", "b"]
