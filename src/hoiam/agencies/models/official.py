"""Officials (công chức, người dùng) and the posts they hold; rights come from the post, not from the person."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from hoiam.agencies.models.agency import Agency
from hoiam.agencies.states import Role


class OfficialManager(BaseUserManager):
    """Makes accounts with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Official":
        """The new account; without a password it cannot sign in until one is set."""
        official = self.model(username=username, **fields)
        official.set_password(password)
        official.save(using=self._db)
        return official


class Official(AbstractBaseUser):
    """A person who uses the desk."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=250, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("số điện thoại", max_length=30, blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    shortcuts = models.BooleanField("phím tắt", default=True)

    objects = OfficialManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The same, under the name by which libraries ask for it."""
        return str(self)


class Post(models.Model):
    """One role at one agency from a day to a day."""

    official = models.ForeignKey(Official, on_delete=models.CASCADE, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField("vai trò", max_length=30, choices=Role.choices)
    title = models.CharField("chức vụ", max_length=120, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    matter = models.CharField("vụ việc được ủy quyền", max_length=250, blank=True)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                name="post_role", condition=Q(role__in=[role.value for role in Role])
            )
        ]

    def __str__(self) -> str:
        return self.title or self.get_role_display()
