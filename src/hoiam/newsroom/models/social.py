"""Official accounts: how each is connected, what is said on it, every act with its proof, what readers write there.

Of people who write only this is kept: what they wrote when it concerns the agency's work, and the name shown beside it
until the matter is over. There is no table of people and no page about one.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency, OfficialAccount
from hoiam.core.scope import ScopedManager
from hoiam.newsroom.models.article import Article
from hoiam.newsroom.states.social import (
    ActKind,
    ActState,
    ConnectorKind,
    MessageKind,
    MessageState,
    PostState,
    Standing,
    Turned,
)

USER = settings.AUTH_USER_MODEL


class SocialChannel(models.Model):
    """How the house reaches one announced account; `secret` is sealed (`core.secrets`), and never shown again.

    `rest_until`: the platform asked to be left alone until then. `token_fault`: the key was refused; nothing is sent
    until a new one is entered.
    """

    account = models.OneToOneField(
        OfficialAccount, on_delete=models.PROTECT, related_name="channel"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="social_channels")
    kind = models.CharField("cách nối", max_length=10, choices=ConnectorKind.choices)
    page_id = models.CharField("mã trang, mã OA", max_length=64, blank=True)
    app_id = models.CharField("mã ứng dụng", max_length=64, blank=True)
    address = models.URLField("địa chỉ nhận webhook", max_length=500, blank=True)
    secret = models.TextField(blank=True)
    token_expires_at = models.DateTimeField("khóa hết hạn lúc", null=True)
    token_fault = models.CharField(max_length=300, blank=True)
    is_paused = models.BooleanField("tạm dừng", default=False)
    rest_until = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    last_error_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)
    comments_read_at = models.DateTimeField(null=True)
    passed_over = models.PositiveIntegerField("bình luận không liên quan, không giữ", default=0)
    refreshing_until = models.DateTimeField(null=True)
    connected_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    connected_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["account__platform", "account__name", "id"]
        constraints = [
            models.CheckConstraint(
                name="social_channel_kind", condition=Q(kind__in=ConnectorKind.values)
            )
        ]

    def __str__(self) -> str:
        return str(self.account)


class SocialPost(models.Model):
    """What is to be said, composed once; each account has its own text (`ChannelText`)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="social_posts")
    article = models.ForeignKey(
        Article, null=True, on_delete=models.PROTECT, related_name="social_posts"
    )
    state = models.CharField(max_length=10, choices=PostState.choices, default=PostState.DRAFT)
    title = models.CharField("tên bài", max_length=300)
    text = models.TextField("nội dung chung")
    link = models.URLField("đường dẫn", max_length=1000, blank=True)
    hashtags = models.CharField("thẻ chủ đề", max_length=300, blank=True)
    scheduled_at = models.DateTimeField("giờ đăng", null=True)
    drafted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    edited_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    returned_reason = models.CharField("lý do trả lại", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager()

    class Meta:
        ordering = ["-drafted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="social_post_state", condition=Q(state__in=PostState.values)
            ),
            models.CheckConstraint(
                name="social_post_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("drafted_by")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-drafted_at"])]

    def __str__(self) -> str:
        return self.title


class SocialPicture(models.Model):
    """A re-encoded picture of a post, with what it shows."""

    post = models.ForeignKey(SocialPost, on_delete=models.CASCADE, related_name="pictures")
    blob = models.CharField(max_length=64)
    content_type = models.CharField(max_length=20, default="image/jpeg")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField("ảnh cho thấy gì", max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(name="social_picture_told", condition=~Q(alt="")),
        ]


class ChannelText(models.Model):
    """The text of one post for one account; blank `text` stands for the common one."""

    post = models.ForeignKey(SocialPost, on_delete=models.CASCADE, related_name="texts")
    channel = models.ForeignKey(SocialChannel, on_delete=models.PROTECT, related_name="texts")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["channel__account__platform", "channel__account__name", "id"]
        constraints = [models.UniqueConstraint(fields=["post", "channel"], name="social_text_once")]


class SocialMessage(models.Model):
    """A reader's comment or message that concerns the agency's work, with the reasons why it was kept.

    `author` is the name shown beside it, wiped some days after the matter is over (MD-155); nothing joins two messages
    of one person.
    """

    channel = models.ForeignKey(SocialChannel, on_delete=models.PROTECT, related_name="messages")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="social_messages")
    kind = models.CharField(max_length=8, choices=MessageKind.choices)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.NEW)
    platform_id = models.CharField(max_length=120)
    under = models.CharField("mã bài trên trang", max_length=120, blank=True)
    text = models.TextField("nội dung")
    author = models.CharField("tên hiện bên cạnh", max_length=120, blank=True)
    permalink = models.URLField(max_length=1000, blank=True)
    written_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    how = models.CharField("lấy về bằng", max_length=40)
    severity = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list)
    taken_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    turned_into = models.CharField(max_length=10, choices=Turned.choices, blank=True)
    turned_to = models.CharField("nơi tiếp tục", max_length=300, blank=True)
    closed_reason = models.CharField("lý do khép", max_length=500, blank=True)
    over_at = models.DateTimeField("xong lúc", null=True)
    is_hidden = models.BooleanField("đã ẩn trên trang", default=False)
    wiped_at = models.DateTimeField("đã xóa tên lúc", null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "platform_id"], name="social_message_once"),
            models.CheckConstraint(
                name="social_message_state", condition=Q(state__in=MessageState.values)
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-received_at"])]

    def __str__(self) -> str:
        return self.text[:80]


class SocialAct(models.Model):
    """One thing done on an account: proposed, confirmed, sent once, proved.

    `marker` is the act's own key: receivers that know keys pass over what they had. `target` is the platform's id of
    what is edited, removed, answered or hidden; `external_id` of what came about. `trail` is what a half-done sending
    left behind. `started_at` is the beginning of the try in hand, `sent_at` of the last one that sent something. `is_unknown`:
    its answer was lost, and `looks` counts how often the page was searched in vain since.
    """

    channel = models.ForeignKey(SocialChannel, on_delete=models.PROTECT, related_name="acts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="social_acts")
    kind = models.CharField(max_length=8, choices=ActKind.choices)
    state = models.CharField(max_length=10, choices=ActState.choices, default=ActState.WAITING)
    post = models.ForeignKey(SocialPost, null=True, on_delete=models.PROTECT, related_name="acts")
    message = models.ForeignKey(
        SocialMessage, null=True, on_delete=models.PROTECT, related_name="acts"
    )
    of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    marker = models.CharField(max_length=32, unique=True)
    target = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    link = models.URLField(max_length=1000, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    proposed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField("đến giờ lúc")
    started_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    is_unknown = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    looks = models.PositiveSmallIntegerField(default=0)
    trail = models.JSONField(default=dict)
    external_id = models.CharField(max_length=120, blank=True)
    permalink = models.URLField(max_length=1000, blank=True)
    error = models.CharField(max_length=500, blank=True)
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.UNSEEN)
    seen_at = models.DateTimeField("xem lại lúc", null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-due_at", "-id"]
        constraints = [
            models.CheckConstraint(name="social_act_kind", condition=Q(kind__in=ActKind.values)),
            models.CheckConstraint(name="social_act_state", condition=Q(state__in=ActState.values)),
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                name="social_act_once_on_page",
                condition=~Q(external_id="") & Q(kind__in=[ActKind.POST, ActKind.REPLY]),
            ),
            models.UniqueConstraint(
                fields=["post", "channel"],
                name="social_posted_once",
                condition=Q(kind=ActKind.POST) & ~Q(state=ActState.CANCELLED),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["agency", "state", "-due_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.post or self.message}"


class SocialProof(models.Model):
    """What a platform answered, or what a person saw, sealed: never altered, stamped with the house's other evidence."""

    act = models.ForeignKey(SocialAct, on_delete=models.PROTECT, related_name="proofs")
    what = models.CharField("chứng minh điều gì", max_length=120)
    at = models.DateTimeField()
    blob = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()

    class Meta:
        ordering = ["at", "id"]
