"""What follows on official accounts when an article comes down or is corrected: a person confirms, the house proposes."""

from datetime import datetime

from hoiam.newsroom.actions.social_sending import follow_article
from hoiam.newsroom.jobs.articles import hears
from hoiam.newsroom.models import Article, SocialAct
from hoiam.newsroom.states.social import ActKind

WHY = "posts that tell of the article"
GONE = {
    "article_withdrawn": "Bài trên cổng đã rút",
    "article_taken_down": "Bài trên cổng đã gỡ",
    "article_expired": "Bài trên cổng đã hết hạn đăng",
}


@hears
def follow(article: Article, message: str, now: datetime) -> None:
    """Propose what the message asks for, once for each posting."""
    rows = SocialAct.objects.system(WHY).filter(post__article=article, kind=ActKind.POST)
    if message in GONE:
        reason = GONE[message] + (f": {article.ended_reason}" if article.ended_reason else ".")
        for act in rows:
            follow_article(act, now=now, kind=ActKind.REMOVE, text="", reason=reason)
    elif message == "article_corrected":
        for act in rows:
            text = f"{act.text}\n\nĐính chính: {article.correction}"
            follow_article(act, now=now, kind=ActKind.EDIT, text=text, reason="Bài trên cổng đã đính chính.")  # fmt: skip
