"""Pages of the workbench as editors meet them."""

import pytest


def test_every_page_opens(world):
    text = world.text()
    image = world.image()
    file = world.file()
    c = world.client(world.editor)
    bad = []
    for url in [
        "/cms/",
        "/cms/pages/",
        f"/cms/pages/{world.own.pk}/",
        f"/cms/pages/{world.own.pk}/add_subpage/",
        f"/cms/pages/add/workbench/newspage/{world.own.pk}/",
        f"/cms/pages/{text.pk}/edit/",
        f"/cms/pages/{text.pk}/history/",
        f"/cms/pages/{text.pk}/view_draft/",
        f"/cms/pages/{text.pk}/copy/",
        f"/cms/pages/{text.pk}/move/",
        f"/cms/pages/{text.pk}/delete/",
        "/cms/images/",
        f"/cms/images/{image.pk}/",
        "/cms/images/add/",
        "/cms/images/multiple/add/",
        "/cms/images/chooser/",
        f"/cms/images/{image.pk}/delete/",
        "/cms/documents/",
        f"/cms/documents/edit/{file.pk}/",
        "/cms/documents/multiple/add/",
        "/cms/documents/chooser/",
        "/cms/choose-page/",
        "/cms/choose-external-link/",
        "/cms/reports/site-history/",
        "/cms/reports/locked/",
        "/cms/reports/aging-pages/",
        "/cms/pages/search/?q=trao",
        "/cms/duyet/",
        f"/cms/bai/{text.pk}/gui-duyet/",
        "/cms/bai-gui/",
        "/cms/chuyen-muc/",
        "/cms/jsi18n/",
        "/cms/sprite/",
    ]:
        try:
            r = c.get(url)
            if r.status_code != 200:
                bad.append((url, r.status_code, r.headers.get("Location")))
        except Exception as e:
            import traceback

            bad.append((url, repr(e)[:300], traceback.format_exc()[-600:]))
    for b in bad:
        print(*b)
    assert not bad
