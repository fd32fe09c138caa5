"""Taking pieces out of a tree: what stands inside another goes once, neighbours stay."""

from selectolax.lexbor import LexborHTMLParser

from hoiam.kit.news.pages.trees import drop


def test_nested_pieces_go_once_and_neighbours_stay():
    tree = LexborHTMLParser(
        "<div><p>Một</p><div class='x'><p>Bỏ</p><div class='x'><div class='x'>Bỏ</div></div></div><p>Hai</p></div>"
    )
    drop(tree.css(".x"))
    assert tree.body.html == "<body><div><p>Một</p><p>Hai</p></div></body>"


def test_nothing_to_drop_is_nothing():
    tree = LexborHTMLParser("<p>Một</p>")
    drop([])
    assert tree.body.text() == "Một"
