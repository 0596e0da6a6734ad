"""The logical tree: roles in reading order, alternative texts, scopes, links, and nothing outside it."""

import pytest

from tests.core.charts.samples import funnel
from tests.core.pdf.reading import Document, read
from tests.core.pdf.samples import ADDRESS, FIGURES, ROWS, full_report


@pytest.fixture(scope="module")
def document() -> Document:
    return read(full_report().save())


def test_the_file_says_that_it_is_tagged_and_what_it_is(document: Document) -> None:
    catalog = document.catalog
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert document.reader.metadata is not None
    assert document.reader.metadata.title == "Social value report"
    assert document.reader.metadata.author == "Step Forward"
    xmp = document.reader.xmp_metadata
    assert xmp is not None
    assert xmp.dc_title == {"x-default": "Social value report"}


def test_roles_stand_in_reading_order(document: Document) -> None:
    assert document.root.role == "Document"
    assert [kid.role for kid in document.root.kids] == [
        "H1", "P", "P", "L", "L", "H2", "TOC",
        "H2", "P", "P", "Figure", "P", "Table",
        "H3", "L", "L", "Div",
        "H2", "Table", "P", "H2", "L",
    ]  # fmt: skip


def test_headings_say_what_was_given(document: Document) -> None:
    headings = [(node.role, node.text) for node in document.root.every("H1", "H2", "H3")]
    assert headings == [
        ("H1", "Social value report"), ("H2", "Contents"), ("H2", "Outcomes"), ("H3", "What to know"),
        ("H2", "People"), ("H2", "Sources"),
    ]  # fmt: skip


def test_a_figure_is_told_in_words_and_has_its_place(document: Document) -> None:
    (figure,) = document.root.every("Figure")
    chart = funnel()
    assert figure.alt == f"{chart.title}. {chart.description}"
    assert "36% (n=148 of 412)" in figure.alt
    left, bottom, right, top = map(float, figure.attributes["/BBox"])
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842


def test_key_figures_are_a_list_of_label_and_value(document: Document) -> None:
    cards = document.root.every("L")[0]
    assert [(item.kids[0].text, item.kids[1].kids[0].text) for item in cards.kids] == [
        (figure.label, figure.value) for figure in FIGURES
    ]


def test_table_heads_have_their_scope_and_are_read_once(document: Document) -> None:
    table = document.root.every("Table")[1]
    assert [kid.role for kid in table.kids] == ["Caption", "THead", "TBody"]
    head = table.every("THead")[0].every("TH")
    assert [(cell.text, cell.attributes["/Scope"]) for cell in head] == [
        ("Ref", "/Column"), ("Name", "/Column"), ("Value", "/Column")
    ]  # fmt: skip
    assert [len(cell.marks) for cell in head] == [1, 1, 1]
    rows = table.every("TBody")[0].kids
    assert {row.kids[0].attributes["/Scope"] for row in rows} == {"/Row"}
    assert (
        document.artifacts.count("Ref")
        == len({page for cell in table.every("TH") for page, _n in cell.marks}) - 1
    )


def test_table_text_is_what_was_given(document: Document) -> None:
    rows = document.root.every("Table")[1].every("TBody")[0].kids
    read_rows = [[cell.text for cell in row.kids] for row in rows]
    assert read_rows == [*ROWS, ["Total", "", "£256,185"]]


def test_links_are_tagged_and_lead_where_they_say(document: Document) -> None:
    links = {node.text: node.links for node in document.root.every("Link")}
    assert [str(link["/A"]["/URI"]) for link in links["the method"]] == [ADDRESS]
    assert links["the method"][0]["/Contents"] == "the method"
    assert str(links["[1]"][0]["/Dest"][1]) == "/XYZ"
    assert links["Outcomes 2"][0].get_object()["/Subtype"] == "/Link"


def test_every_mark_and_link_is_in_the_parent_tree(document: Document) -> None:
    tree = document.catalog["/StructTreeRoot"]
    numbers = tree["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    owned = {mark for node in document.root.walk() for mark in node.marks}
    assert owned == set(document.marks)
    for number, page in enumerate(document.pages):
        marks = [mark for mark in document.marks if mark[0] == number]
        assert page["/StructParents"] == number
        assert page["/Tabs"] == "/S"
        assert len(parents[number].get_object()) == len(marks)
        for note in page.get("/Annots", []):
            parent = parents[note.get_object()["/StructParent"]].get_object()
            assert parent["/S"] == "/Link"
    assert sorted(parents) == list(range(tree["/ParentTreeNextKey"]))


def test_nothing_is_drawn_outside_the_tree_and_the_artifacts(document: Document) -> None:
    assert document.loose == []
    pages = len(document.reader.pages)
    assert [f"Page {i} of {pages}" for i in range(1, pages + 1)] == [
        text for text in document.artifacts if text.startswith("Page ")
    ]
    assert not any("Page 1 of" in node.text for node in document.root.walk())


def test_bookmarks_lead_to_the_pages_that_the_contents_name(document: Document) -> None:
    reader = document.reader
    outline = [item for item in reader.outline if not isinstance(item, list)]
    found = {item.title: str(1 + (reader.get_destination_page_number(item) or 0)) for item in outline}
    contents = document.root.every("TOC")[0].every("Link")
    listed = dict(node.text.rsplit(" ", 1) for node in contents)
    assert {title: page for title, page in found.items() if title != "Contents"} == listed
    assert set(listed) == {"Outcomes", "People", "Sources"}


def test_the_fonts_are_all_carried(document: Document) -> None:
    for page in document.pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]
            assert "Inter" in font.get_object()["/BaseFont"]
