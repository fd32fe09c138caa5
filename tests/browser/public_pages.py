"""Every public page, by the name of its address: opened as anybody opens it, or sent first and then shown as it came back."""

from collections.abc import Iterator
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import actor_on
from hoiam.core import blobs
from hoiam.core.actor import Actor
from hoiam.handling.models import Enquiry
from hoiam.letters.models import LegalQuestion, PublishedAnswer, ReaderLetter
from hoiam.newsroom import actions
from hoiam.newsroom.actions import Snapshot
from hoiam.newsroom.actions.guest_links import make_link
from hoiam.newsroom.models import (
    Article,
    Commission,
    FactCheck,
    PackageDelivery,
    PartnerPrint,
    Receiver,
    Section,
    Submission,
)
from hoiam.newsroom.queries.packages import leaving_key
from hoiam.portal.rim import draw_page
from hoiam.scheme.models import Scheme
from tests.newsroom.test_submission_files import jpeg

WHY = "a page of each kind is looked at"
# Feeds, files, figures and counts for machines; and what is seen under the name of the page it answers to.
NO_PAGE = {
    *("portal-rss", "portal-atom", "portal-json-feed"),
    *("portal-feed", "portal-section-feed", "portal-agency-feed", "portal-theme-feed", "portal-account-feed", "portal-package-feed"),
    *("portal-sitemap", "portal-sitemap-pages", "portal-sitemap-articles", "portal-sitemap-news", "portal-robots"),
    *("api", "api-openapi", "portal-api-sections", "portal-api-articles", "portal-api-article", "portal-figures-json", "portal-spokespersons-json"),
    *("portal-file", "portal-picture", "portal-guest-picture", "portal-package-word", "portal-package-picture", "portal-read", "portal-rate"),
}  # fmt: skip
PLAIN = {
    "home": ["/"],
    "portal-news": ["/tin/", "/tin/?trang=2"],
    "portal-section": ["/chuyen-muc/hoat-dong/"],
    "portal-agencies": ["/don-vi/"],
    "portal-agency": ["/don-vi/thads-thanh-giang/"],
    "portal-themes": ["/chu-de/"],
    "portal-theme": ["/chu-de/3/"],
    "portal-campaigns": ["/dot-truyen-thong/"],
    "portal-partners": ["/tin-don-vi-ban/"],
    "portal-documents": ["/van-ban/", "/van-ban/?q=zzz"],
    "portal-releases": ["/thong-cao/"],
    "portal-questions": ["/hoi-dap/", "/hoi-dap/?q=zzz"],
    "portal-search": ["/tim/", "/tim/?q=doi+thoai", "/tim/?q=zzzz"],
    "portal-map": ["/so-do-trang/"],
    "portal-accounts": ["/tai-khoan/"],
    "portal-words": ["/giai-thich-tu-ngu/", "/giai-thich-tu-ngu/?q=zzz"],
    "portal-access": ["/kha-nang-tiep-can/"],
    "portal-figures": ["/cong/so-lieu/"],
    "portal-feeds": ["/nhan-tin/"],
    "portal-api": ["/api/v1/"],
    "portal-spokespersons": ["/nguoi-phat-ngon/"],
    "portal-schemes": ["/de-an/"],
    "portal-fragment": ["/nhung/hoat-dong/"],
    "account_login": ["/desk/account/login/"],
    "account_signup": ["/desk/account/signup/"],
    "account_inactive": ["/desk/account/inactive/"],
    "account_reset_password": ["/desk/account/password/reset/"],
    "account_reset_password_done": ["/desk/account/password/reset/done/"],
    "account_reset_password_from_key_done": ["/desk/account/password/reset/key/done/"],
    "": ["/khong-co-trang-nay/"],
}


def opened() -> dict[str, list[str]]:
    """Addresses by the names of their views; the rows behind them are the demonstration's, or made here."""
    return PLAIN | _articles() | _forms() | _behind_links()


def _articles() -> dict[str, list[str]]:
    rows = Article.objects.system(WHY).order_by("kind", "pk")
    printed = rows.filter(state="standing", kind="article").first()
    PartnerPrint.objects.create(
        article=printed, outlet="Báo Sông Thanh", state="confirmed", url="https://songthanh.example/1", seen_at=timezone.now()
    )  # fmt: skip
    gone = _publish_gone(printed)
    corrected = rows.exclude(correction="").first()
    firsts = {f"{row.kind} {row.state}": f"/bai/{row.slug}/" for row in rows}
    answer = PublishedAnswer.objects.system(WHY).first()
    return {
        "portal-article": [*firsts.values(), f"/bai/{printed.slug}/", f"/bai/{corrected.slug}/", f"/bai/{gone.slug}/"],
        "portal-history": [f"/bai/{corrected.slug}/cac-ban/"],
        "portal-question": [f"/hoi-dap/{answer.slug}/"],
    }  # fmt: skip


def _publish_gone(like: Article) -> Article:
    """An article that was taken down, beside one that stands."""
    now = timezone.now()
    told = Snapshot(page_key="seen:gone", kind="article", agency=like.agency, section=Section.objects.first(), title="Sẽ gỡ", lead="Tạm.")  # fmt: skip
    made = actions.publish_article(told, actor=None, now=now - timedelta(hours=1))
    return actions.take_down_article(made, actor=_editor(), now=now, reason="Đăng nhầm")


def _editor() -> Actor:
    return actor_on(Official.objects.get(username="bien-tap"), timezone.localdate())


def _forms() -> dict[str, list[str]]:
    agency = Agency.objects.get(code="thads-thanh-giang").pk
    letter, asked = ReaderLetter.objects.system(WHY).first(), LegalQuestion.objects.system(WHY).first()  # fmt: skip
    codes = [row.code for row in (letter, asked)]
    return {
        "portal-letter": ["/gui-don/", "/gui-don/?q=zzz", f"/gui-don/?co-quan={agency}"],
        "portal-letter-state": [*(f"/gui-don/{code}/" for code in codes), f"/gui-don/{codes[0]}/?moi=1"],
        "portal-enquiry": ["/hoi-bao-chi/", "/hoi-bao-chi/?q=zzz", f"/hoi-bao-chi/?co-quan={agency}"],
        "portal-enquiry-state": [f"/hoi-bao-chi/{row.code}/" for row in Enquiry.objects.system(WHY).exclude(code="")[:2]],
        "portal-scheme": [f"/de-an/{_public_scheme().pk}/"],
    }  # fmt: skip


def _public_scheme() -> Scheme:
    made = Scheme.objects.system(WHY).filter(state="active").first()
    Scheme.objects.system(WHY).filter(pk=made.pk).update(published=True)
    return made


def _behind_links() -> dict[str, list[str]]:
    """What opens with a secret alone."""
    now = timezone.now()
    wish, check = Commission.objects.system(WHY).first(), FactCheck.objects.system(WHY).first()
    sent = PackageDelivery.objects.system(WHY).exclude(state="queued").first()
    person = Official.objects.get(username="dau-moi")
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    return {
        "portal-guest-piece": [
            f"/gui-bai/{make_link(wish, actor=None, now=now)[1]}/", "/gui-bai/khong-con/",
            f"/gui-bai/{make_link(_wish_with_untold_pictures(wish), actor=None, now=now)[1]}/",
        ],
        "portal-guest-answer": [f"/kiem-chung/{make_link(check, actor=None, now=now)[1]}/"],
        "portal-package": [reverse("portal-package", args=[sent.token])],
        "portal-package-leave": [reverse("portal-package-leave", args=[leaving_key(Receiver.objects.system(WHY).first())])],
        "account_reset_password_from_key": [f"/desk/account/password/reset/key/{key}/", "/desk/account/password/reset/key/1-sai/"],
    }  # fmt: skip


def _wish_with_untold_pictures(like: Commission) -> Commission:
    """A piece that was asked for and came as a Word file, its picture not yet told."""
    wish = Commission.objects.system(WHY).get(pk=like.pk)
    wish.pk = None
    wish.save()
    now = timezone.now()
    piece = Submission.objects.create(
        agency=wish.agency, writer_name=wish.name, commission=wish, state="sent", title="Nghề của tôi",
        begun_at=now, saved_at=now, sent_at=now,
    )  # fmt: skip
    picture = jpeg()
    piece.pictures.create(blob=blobs.put(picture).sha256, kind="image/jpeg", width=60, height=40)
    return wish


def sent(opened: dict[str, list[str]]) -> Iterator[tuple[str, bytes]]:
    """What comes back for what is sent: forms with their faults, thanks, too much at once."""
    client = Client()
    letter, asked = opened["portal-letter"][-1], opened["portal-enquiry"][-1]
    bad = {"kind": "letter", "email": "khong-phai-thu", "questions": "", "content": ""}
    *pieces, untold = opened["portal-guest-piece"]
    for path in (letter, asked, pieces[0], untold, opened["portal-guest-answer"][0]):
        yield f"{path} sent with faults", client.post(path, bad).content
    yield "too long an enquiry", client.post(asked, {"questions": "a" * 130_000}).content
    yield "too large a letter", client.post(letter, {"a": "x"}, CONTENT_LENGTH="900000000").content
    rated = {"trang": "/tin/", "y": "co"}
    yield "thanks", client.post("/cong/danh-gia/", rated, HTTP_SEC_FETCH_SITE="same-origin").content
    left = opened["portal-package-leave"][0]
    yield "left", client.post(left).content
    yield "wrong password", client.post("/desk/account/login/", {"login": "a", "password": "b"}).content  # fmt: skip
    yield "no token", Client(enforce_csrf_checks=True).post(letter, bad).content
    often = {"sought": "đối thoại", "is_too_often": True}
    yield (
        "too often",
        draw_page(RequestFactory().get("/tim/"), "portal/search.html", often).encode(),
    )
