"""A signed paper that came back and a unit's own wording, in the demonstration; the certificate is made on the spot."""

from datetime import datetime, timedelta

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import actor_on
from hoiam.config.demo.pdf import Signer, pdf_of
from hoiam.core import blobs
from hoiam.handling import actions
from hoiam.handling.actions.signed_files import SIGNABLE
from hoiam.handling.models import Paper
from hoiam.kit.papers.signed import word_text
from hoiam.kit.vietnamese import VIETNAM

WHY = "the demonstration has a signed paper"
RETURNED = 2


def return_signed(agencies: dict[str, Agency], people: dict[str, Official], now: datetime) -> int:
    """How many approved papers of the fictional province came back signed: the newest ones."""
    clerk = actor_on(people["van-thu"], now.astimezone(VIETNAM).date())
    rows = Paper.objects.system(WHY).filter(
        agency=agencies["thads-thanh-giang"], state__in=SIGNABLE
    )
    papers = list(
        rows.exclude(blob="").select_related("approved_by").order_by("-approved_at")[:RETURNED]
    )
    for paper in papers:
        signer = Signer(str(paper.approved_by))
        actions.keep_signed_file(
            paper,
            actor=clerk,
            now=now,
            file_name=f"{paper.symbol.replace('/', '-')}.signed.pdf",
            data=signer.sign(pdf_of(word_text(blobs.read(paper.blob)))),
        )
    return len(papers)


def word_papers(agencies: dict[str, Agency], people: dict[str, Official], now: datetime) -> int:
    """How many versions of the unit's own wording were saved: two of one kind, the second after a remark."""
    chief = actor_on(people["chanh-vp"], now.astimezone(VIETNAM).date())
    unit = agencies["thads-thanh-giang"]
    recipients = ["Văn phòng Cục Quản lý THADS (để báo cáo)", "Lãnh đạo đơn vị (để biết)"]
    versions = (
        (40, "Theo quy chế phát ngôn của đơn vị", ""),
        (12, "Lãnh đạo góp ý: thêm đầu mối để báo liên hệ",
         "Mọi thông tin cần trao đổi thêm, đề nghị liên hệ đầu mối truyền thông của {agency}./."),
    )  # fmt: skip
    for days, reason, closing in versions:
        actions.save_wording(
            unit,
            "response",
            actor=chief,
            now=now - timedelta(days=days),
            reason=reason,
            opening="{agency} trân trọng cảm ơn sự quan tâm của {press_agency}.",
            closing=closing,
            recipients=recipients,
        )
    return len(versions)
