"""What people type and paste as the text of a piece."""

import pytest

from hoiam.newsroom.actions.submission_texts import body_of, in_unicode, old_font_of

PASTED = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>
<body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal style='text-align:justify'><b><span style='font-size:14.0pt;mso-fareast-language:VI'>Chấp hành viên
gặp hai bên</span></b><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1'><![if !supportLists]><span>·<span style='font:7.0pt'>&nbsp;&nbsp;</span></span><![endif]>lần một</p>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><script>alert(1)</script>
<img src="file:///C:/anh.png" onerror="alert(2)"><!--EndFragment--></body></html>"""


def test_lines_become_paragraphs_and_signs_stay_signs():
    assert body_of("Dòng một\r\n\r\n  Dòng < hai & ba ") == "<p>Dòng một</p><p>Dòng &lt; hai &amp; ba</p>"  # fmt: skip


def test_what_was_pasted_from_word_keeps_its_words_and_loses_its_look():
    clean = " ".join(body_of(PASTED).split())
    assert clean == "<p><b>Chấp hành viên gặp hai bên</b></p> <p>lần một</p>"


def test_blocks_of_a_typed_box_stay_apart():
    assert body_of("<div>Một</div><div>Hai</div>") == "<p>Một</p><p>Hai</p>"


@pytest.mark.parametrize(
    ("typed", "meant", "step"),
    [
        ("<p>Thi hµnh ¸n <b>d©n sù</b></p>", "<p>Thi hành án <b>dân sự</b></p>", "TCVN3"),
        ("<p>Thi haønh aùn daân söï</p>", "<p>Thi hành án dân sự</p>", "VNI"),
    ],
)
def test_old_fonts_are_recognised_and_put_right_between_tags(typed, meant, step):
    assert step in old_font_of(typed)
    assert in_unicode(typed) == meant


def test_text_in_order_is_left_alone():
    assert old_font_of("<p>Thi hành án dân sự ở Thanh Giang</p>") == ""
    assert in_unicode("<p>Thi hành án <b>dân sự</b></p>") == "<p>Thi hành án <b>dân sự</b></p>"
