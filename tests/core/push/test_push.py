"""Web push against the examples printed in RFC 8291 and RFC 8292."""

import json
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from hoiam.core.push import (
    LONGEST,
    BadSubscription,
    authorisation,
    encrypted,
    key_from,
    public_key,
    unpadded,
)
from hoiam.core.push.encryption import decoded

# RFC 8291, section 5 and appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
# RFC 8292, section 2.4.
RFC_TOKEN = (
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1"
    "MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUf"
    "nK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA"
)
RFC_KEY = "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
NOW = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)


def sender() -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(SENDER), "big"), ec.SECP256R1())


def verify(token: str, key: str) -> dict[str, object]:
    """The claims of a token that the key signed."""
    head, claims, signature = token.split(".")
    raw = decoded(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
    point.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(decoded(claims))


def test_the_message_of_rfc_8291_comes_out_byte_for_byte():
    made = encrypted(TEXT, p256dh=P256DH, auth=AUTH, salt=decoded(SALT), sender=sender())
    assert unpadded(made) == MESSAGE


def test_two_messages_never_share_salt_and_key():
    first, second = (encrypted(TEXT, p256dh=P256DH, auth=AUTH) for _ in range(2))
    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]


def test_the_longest_message_fills_one_record_and_no_more():
    assert len(encrypted(b"x" * LONGEST, p256dh=P256DH, auth=AUTH)) == 4096
    with pytest.raises(ValueError, match="at most 3993 bytes"):
        encrypted(b"x" * (LONGEST + 1), p256dh=P256DH, auth=AUTH)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        (P256DH[:-4], AUTH),
        (P256DH, AUTH[:-4]),
        ("B" + "A" * 86, AUTH),  # the right length, but no point of the curve
        ("<script>", AUTH),
        ("đ" * 87, AUTH),
    ],
)
def test_keys_that_are_none_are_refused_in_one_sentence(p256dh, auth):
    with pytest.raises(BadSubscription, match="bấm bật lại"):
        encrypted(TEXT, p256dh=p256dh, auth=auth)


def test_our_checker_knows_the_token_of_rfc_8292():
    claims = verify(RFC_TOKEN, RFC_KEY)
    assert claims == {
        "aud": "https://push.example.net",
        "exp": 1453523768,
        "sub": "mailto:push@example.com",
    }
    with pytest.raises(InvalidSignature):
        verify(RFC_TOKEN.replace(".i3C", ".j3C"), RFC_KEY)


def test_the_token_names_the_service_alone_and_ends_after_half_a_day():
    key = key_from("bí mật của nhà")
    header = authorisation(
        "https://push.example/gui/abc?x=1", key=key, contact="mailto:a@thads.example", now=NOW
    )
    token, told = header.removeprefix("vapid t=").split(", k=")
    assert told == public_key(key)
    assert verify(token, told) == {
        "aud": "https://push.example",
        "exp": int(NOW.timestamp()) + 12 * 3600,
        "sub": "mailto:a@thads.example",
    }


def test_one_secret_makes_one_key():
    assert public_key(key_from("a")) == public_key(key_from("a"))
    assert public_key(key_from("a")) != public_key(key_from("b"))
