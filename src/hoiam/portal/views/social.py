"""What an official account posted, as RSS: for places that take a feed and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import linebreaks
from django.views.decorators.http import require_safe

from hoiam.agencies.queries import public_accounts
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.queries.social import public_posts
from hoiam.newsroom.weblinks import public as address
from hoiam.portal.rim import kept, now_of, public

MOST = 30


@public
@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest posts of one announced account that still stand; 404 for one not in use."""
    now = now_of(request)
    accounts = public_accounts(now.astimezone(VIETNAM).date())
    account = get_object_or_404(accounts, pk=pk)
    made = Rss201rev2Feed(
        title=account.name,
        link=account.url,
        description=f"Bài đăng trên tài khoản chính thức của {account.agency}",
        language="vi",
        feed_url=address(request.path),
    )
    for act in public_posts(account.pk, now)[:MOST]:
        made.add_item(
            title=act.post.title,
            link=act.permalink or act.link or account.url,
            description=linebreaks(act.text, autoescape=True),
            pubdate=act.done_at,
            unique_id=act.marker,
            unique_id_is_permalink=False,
        )
    body = made.writeString("utf-8")
    return kept(request, HttpResponse(body, content_type="application/rss+xml; charset=utf-8"))
