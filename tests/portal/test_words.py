"""The legal words: each says where the law speaks of it, or that nobody has looked it up yet."""

from django.urls import reverse

from hoiam.newsroom.legal_words import legal_words


def test_every_word_says_its_source_or_that_it_has_none(client, db):
    page = client.get(reverse("portal-words")).content.decode()
    words = legal_words()
    sourced = [each.source for each in words if each.source]
    bare = len(words) - len(sourced)
    assert sourced and all("Điều" in source for source in sourced)
    assert page.count("Nguồn: ") == len(sourced) and page.count("Chưa dẫn nguồn.") == bare > 0
    assert f"{bare} trong {len(words)} từ chưa dẫn nguồn" in page
    assert "Nguồn: NĐ 237/2026/NĐ-CP Điều 19." in page


def test_the_search_keeps_what_is_said_of_all(client, db):
    page = client.get(reverse("portal-words"), {"q": "ke bien"}).content.decode()
    assert "Kê biên tài sản" in page and f"trong {len(legal_words())} từ chưa dẫn nguồn" in page
