"""What this room seals: proofs of what was done on official accounts."""

from typing import Any

from hoiam.core.stamps.kinds import Kind, moment, register
from hoiam.newsroom.models import SocialProof

WHY = "every sealed thing is stamped and checked"


def _facts(proof: SocialProof) -> dict[str, Any]:
    return {
        "blob": proof.blob,
        "act": proof.act_id,
        "what": proof.what,
        "at": moment(proof.at),
        "by": proof.by_id,
        "size": proof.size,
    }


SOCIAL_PROOF = register(
    Kind(
        code="social_proof",
        label="Bằng chứng đăng trên tài khoản chính thức",
        rows=lambda: SocialProof.objects.system(WHY),
        facts=_facts,
        name=lambda proof: proof.what,
    )
)
