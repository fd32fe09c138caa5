"""Django's settings: safe by default, changed by the environment alone (see README)."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

from hoiam.config import environment, workbench

PACKAGE = Path(__file__).resolve().parent.parent
HOIAM_DATA = environment.data_folder()
HOIAM_BLOBS = HOIAM_DATA / "evidence"
HOIAM_TRUST_ROOTS = environment.text("HOIAM_TRUST_ROOTS")
HOIAM_HOST = environment.text("HOIAM_HOST", "127.0.0.1")
HOIAM_PORT = environment.port()
# Who we say we are to the sites we read.
HOIAM_USER_AGENT = environment.text(
    "HOIAM_USER_AGENT", "HoiAm/0.1 (doc bao cho co quan nha nuoc; +mailto:quantri@localhost)"
)
# Where people open the desk: what letters and push messages lead to.
HOIAM_ADDRESS = environment.address(HOIAM_HOST, HOIAM_PORT)
# Inner networks a unit's webhooks may be sent to; none unless named.
HOIAM_WEBHOOK_NETWORKS = environment.networks("HOIAM_WEBHOOK_NETWORKS")
# Where the official accounts' platforms answer, and the version of Facebook's interface the house speaks.
HOIAM_FACEBOOK_API = environment.text("HOIAM_FACEBOOK_API", "https://graph.facebook.com/v25.0")
HOIAM_ZALO_API = environment.text("HOIAM_ZALO_API", "https://openapi.zalo.me")
HOIAM_ZALO_OAUTH = environment.text("HOIAM_ZALO_OAUTH", "https://oauth.zaloapp.com")
# The house's own time-stamping authority; and one outside, asked besides when it is named.
HOIAM_STAMPS = HOIAM_DATA / "stamps"
HOIAM_TSA_URL = environment.text("HOIAM_TSA_URL")
HOIAM_TSA_ROOTS = environment.text("HOIAM_TSA_ROOTS")
HOIAM_TSA_NETWORKS = environment.networks("HOIAM_TSA_NETWORKS")
# Where a Chromium is, when it is not where such programs usually are.
HOIAM_CHROMIUM = environment.text("HOIAM_CHROMIUM")

DEBUG = False
SECRET_KEY = environment.secret_key(HOIAM_DATA)
# Keys used before: they still open what they sealed, and sign nothing new.
SECRET_KEY_FALLBACKS = environment.text("HOIAM_OLD_SECRET_KEYS").split()
ALLOWED_HOSTS = environment.hosts()
CSRF_TRUSTED_ORIGINS = [o for o in environment.text("HOIAM_TRUSTED_ORIGINS").split(",") if o]
BEHIND_TLS = environment.text("HOIAM_TLS") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    # Before allauth: the desk's own Vietnamese pages for signing in take the place of allauth's.
    "hoiam.desk",
    *workbench.APPS,
    "allauth",
    "allauth.account",
    "hoiam.core",
    "hoiam.agencies",
    "hoiam.monitoring",
    "hoiam.handling",
    "hoiam.letters",
    "hoiam.newsroom",
    "hoiam.scheme",
    "hoiam.portal",
    "hoiam.config",
]

MIDDLEWARE = [
    # Before all others: a public page that is kept whole has their headers already.
    "hoiam.portal.kept.KeptPages",
    # First, so that files, errors and refusals carry these headers too.
    "django.middleware.security.SecurityMiddleware",
    "hoiam.config.middleware.ContentPolicyMiddleware",
    # Pages travel packed; Django pads them so that their length tells nothing of the tokens inside.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hoiam.workbench.gate.WorkbenchMiddleware",
]

ROOT_URLCONF = "hoiam.config.urls"
WSGI_APPLICATION = "hoiam.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hoiam.desk.context.frame",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: the system of record may lose nothing it has answered for (reliability: J1).
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
    ),
}


def database() -> dict[str, Any]:
    """DATABASE_URL, or one SQLite file in the data folder."""
    url = environment.text("DATABASE_URL") or f"sqlite:///{HOIAM_DATA / 'hoiam.sqlite3'}"
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
    return config


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "hoiam.core.jobs.backend.LeaseBackend"}}

AUTH_USER_MODEL = "agencies.Official"
AUTHENTICATION_BACKENDS = ["hoiam.config.accounts.DeskBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "hoiam.config.accounts.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/desk/account/login/"
ACCOUNT_ADAPTER = "hoiam.config.accounts.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# Nobody gets a letter because a stranger typed their address.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/15m/key"}
ACCOUNT_SESSION_REMEMBER = False
# Whose address is whose, for these rates and for those of the public forms.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.proxies(behind_tls=BEHIND_TLS)

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
# Django's own Vietnamese formats read 05/04/2026 as 4 May; ours read it as 5 April.
FORMAT_MODULE_PATH = ["hoiam.config.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOIAM_DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
GATHERED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not GATHERED
STORAGES = {
    "default": {"BACKEND": "hoiam.workbench.storage.BlobStorage"},
    "renditions": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hoiam.config.static_files.HouseStatic"},
}
MEDIA_ROOT = HOIAM_DATA / "renditions"
MEDIA_URL = "/cms/tep/"
# Limits of forms and of signing in are kept here: with the usual 300 places a flood of one would throw out the others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
# A report asks of a hundred tasks in several columns: Django's own thousand fields would refuse what a person typed.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

MIGRATION_MODULES = workbench.MIGRATIONS
# The editors' workbench: no avatars, no news of versions, no sites, no workflow and no mails of Wagtail's own.
WAGTAIL_SITE_NAME = "Hồi Âm"
WAGTAILADMIN_BASE_URL = HOIAM_ADDRESS
WAGTAILADMIN_LOGIN_URL = "/desk/account/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "hoiam.workbench.forms.files.PictureForm"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "hoiam.workbench.forms.files.FileForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "hoiam.workbench.search"}}

_mail = environment.mail()
EMAIL_BACKEND = _mail.backend
EMAIL_FILE_PATH = str(HOIAM_DATA / "mail")
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.use_tls, _mail.use_ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _mail.sender or "Hồi Âm <hoi-am@localhost>"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HOIAM_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
