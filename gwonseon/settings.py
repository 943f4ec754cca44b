"""The settings. `.env.example` lists every environment variable that is read here."""

from datetime import timedelta
from pathlib import Path

import pgtrigger
from csp.constants import NONE, SELF

from gwonseon import environment
from gwonseon.local import places
from gwonseon.size_limits import LARGEST_TEXT, MOST_FIELDS, MOST_FILES

BASE_DIR = Path(__file__).resolve().parent.parent
KIT = BASE_DIR / "node_modules" / "krds-uiux" / "resources"
# The fonts of PDF reports; no others are used, so that every machine writes the same bytes.
FONTS = BASE_DIR / "node_modules" / "@expo-google-fonts"

VAR = environment.folder("VAR", BASE_DIR / "var")
DEBUG = environment.flag("DEBUG", default=False)
DEMO = environment.flag("DEMO", default=False)
HTTPS = environment.flag("HTTPS", default=False)

DATABASE_URL = environment.text("DATABASE_URL", places.database_url(VAR))
REDIS_URL = environment.text("REDIS_URL", places.redis_url(VAR))
# With a server of somebody else's, what must last is not made up here.
LASTING = bool(environment.text("DATABASE_URL"))
SECRET_KEY = environment.secret_key(VAR / "secret_key", lasting=LASTING)
# Phone numbers and texts of messages; see gwonseon/messaging/sealing.py.
PHONE_KEYS = environment.keys("PHONE_KEYS", VAR / "phone_keys", lasting=LASTING)
PHONE_DIGEST_KEYS = environment.keys("PHONE_DIGEST_KEY", VAR / "phone_digest_key", lasting=LASTING)

ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "gwonseon.krds.apps.KrdsConfig",
    "gwonseon.krds.apps.StaticFilesConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "crispy_forms",
    "csp",
    "pgtrigger",
    "pghistory",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.forms",
    "gwonseon.office.apps.OfficeConfig",
    "gwonseon.uploads.apps.UploadsConfig",
    "gwonseon.messaging.apps.MessagingConfig",
    "gwonseon.residents.apps.ResidentsConfig",
    "plans.apps.PlansConfig",
    "safety.apps.SafetyConfig",
    "welfare.apps.WelfareConfig",
    "civic.apps.CivicConfig",
    "culture.apps.CultureConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gwonseon.request_size.RequestSizeMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gwonseon.normal_text.NormalTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gwonseon.office.middleware.StepMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gwonseon.urls"
WSGI_APPLICATION = "gwonseon.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gwonseon.office.context.district",
                "gwonseon.krds.display.contrast",
            ],
        },
    }
]
# So that our own widgets can have their templates in `templates`.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "krds"
CRISPY_TEMPLATE_PACK = "krds"

DATABASES = {"default": environment.database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Triggers are not in migrations but are installed after each migrate; see gwonseon/triggers.py.
PGTRIGGER_MIGRATIONS = False
# History of changes: written by triggers, once for each statement, and never changed afterwards.
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)

# The cache of whole published pages in each web process; see plans/public/page_cache.py.
PAGE_CACHE = environment.flag("PAGE_CACHE", default=True)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

AUTH_USER_MODEL = "office.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first, so that nobody can sign in with a locked name
    "gwonseon.office.backends.StaffBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name", "email")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "office:sign_in"
LOGIN_REDIRECT_URL = "workspace:home"
LOGOUT_REDIRECT_URL = "public:home"
# Where a resident goes after the code.
RESIDENT_HOME = "subscriptions:home"
SESSION_COOKIE_AGE = 3600 * environment.number("SESSION_HOURS", default=8, allowed=range(1, 25))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Too many wrong passwords lock the user name, from any address; see office/lockout.py. They are
# counted in the database, so that staff can sign in while Redis does not answer.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "gwonseon.office.lockout.hash_of_request"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# This check asks us to lock by the sender's IP address, too; behind a proxy all have the same one.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

LANGUAGE_CODE = "ko"
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True

# Limits of requests; the forms state them.
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_TEXT
DATA_UPLOAD_MAX_NUMBER_FIELDS = MOST_FIELDS
# More files than a form accepts, so that the form itself can refuse them with a sentence.
DATA_UPLOAD_MAX_NUMBER_FILES = 10 * MOST_FILES

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Uploaded files. No URL serves this folder: views check who may see a file.
MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("krds/css/token", KIT / "css" / "token"),
    ("krds/css/component", KIT / "css" / "component"),
    ("krds/img", KIT / "img"),
    ("krds/fonts", KIT / "fonts"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Our pages, and anything inside them, may not use the browser's devices.
PERMISSIONS_POLICY = {
    device: []
    for device in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# Text messages: the gateway that is sent through, and another one that an operator can switch to.
# Without one, nothing is sent. `file` only writes below VAR; see gwonseon/messaging/checks.py.
SMS_GATEWAY = environment.text("SMS_GATEWAY", "file" if DEMO or DEBUG else "")
SMS_STANDBY = environment.text("SMS_STANDBY")
# Seconds that a gateway may take to connect, and to go on with its answer.
SMS_TIMEOUT = 10.0
BIZGO_API_KEY = environment.text("BIZGO_API_KEY")
# The number at Bizgo that people reply to (MO 번호); without one, it is not asked for replies.
BIZGO_MO_NUMBER = environment.text("BIZGO_MO_NUMBER")
BIZGO_URL = environment.web_address("BIZGO_URL", "https://mars.ibapi.kr")
SOLAPI_KEY = environment.text("SOLAPI_KEY")
SOLAPI_SECRET = environment.text("SOLAPI_SECRET")
SOLAPI_URL = environment.web_address("SOLAPI_URL", "https://api.solapi.com")
# How long a worker may take over one batch: longer than any call to a gateway may last.
SMS_LEASE = timedelta(minutes=2)
# How long to wait before a batch is tried again: at first, and at the longest.
SMS_WAITS = (timedelta(seconds=2), timedelta(minutes=5))

# Where staff reach the portal, for links in mails and calendars.
PORTAL_URL = environment.web_address(
    "PORTAL_URL", f"http://localhost:{environment.text('PORT', '8000')}"
)
# Mails to staff. Without a server they are written below VAR; see gwonseon/office/mail/. The URL
# itself is no setting, as a page of an error would show its password.
_server = environment.mail_server("EMAIL_URL")
EMAIL_HOST, EMAIL_PORT = _server.host, _server.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _server.user, _server.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _server.has_starttls, _server.is_tls
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "gwonseon.office.mail.files.MailFiles"
)
EMAIL_FILE_PATH = VAR / "mails"
# Who mails are from; a server is told an address that it knows.
EMAIL_FROM = environment.mail_address(
    "EMAIL_FROM", default="" if EMAIL_HOST else "portal@localhost"
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL_FROM
# Seconds that a mail server may take to connect, and for each answer; and after how many seconds
# nothing more is read of its answers to a mail.
EMAIL_TIMEOUT = 10.0
EMAIL_LONGEST = 60.0

# After how many working days without an answer the head of the department is told, too.
REMINDERS_HEAD_AFTER = environment.number("REMINDERS_HEAD_AFTER", default=5, allowed=range(1, 61))

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A task runs again soon after its worker was killed. Tasks are short and idempotent: none runs as
# long as this time-out (seconds).
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "clear-sessions": {"task": "gwonseon.office.tasks.clear_sessions", "schedule": 3600.0},
    "clear-sign-in-failures": {
        "task": "gwonseon.office.tasks.clear_sign_in_failures",
        "schedule": 3600.0,
    },
    "clear-access-log": {"task": "gwonseon.office.tasks.clear_access_log", "schedule": 3600.0},
    "clear-mails": {"task": "gwonseon.office.tasks.clear_mails", "schedule": 3600.0},
    "delete-residents-due": {"task": "gwonseon.residents.tasks.delete_due", "schedule": 3600.0},
    "open-periods": {"task": "plans.tracking.tasks.open_periods", "schedule": 600.0},
    "send-reminders": {
        "task": "plans.reminders.tasks.send_due",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "delete-old-reminders": {"task": "plans.reminders.tasks.delete_old", "schedule": 3600.0},
    "sync-calendars": {"task": "plans.reminders.calendars.tasks.sync", "schedule": 3600.0},
    "forget-phones": {"task": "plans.reminders.settings.tasks.forget_phones", "schedule": 3600.0},
    "forget-exports": {"task": "plans.reports.tasks.forget_exports", "schedule": 3600.0},
    # A tick that no worker took before the next one is due is dropped.
    "make-exports": {
        "task": "plans.reports.tasks.make_exports",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "drain": {
        "task": "gwonseon.messaging.tasks.drain",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "reap": {"task": "gwonseon.messaging.tasks.reap", "schedule": 10.0, "options": {"expires": 10}},
    "collect-receipts": {
        "task": "gwonseon.messaging.tasks.collect_receipts",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "follow-up-notices": {
        "task": "civic.notices.tasks.follow_up",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "collect-replies": {
        "task": "gwonseon.messaging.tasks.collect_replies",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
}

# Errors are told without their own text, which may hold personal data.
DEFAULT_EXCEPTION_REPORTER = "gwonseon.error_reports.ErrorReport"
DEFAULT_EXCEPTION_REPORTER_FILTER = "gwonseon.error_reports.ReportFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "gwonseon.error_reports.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {"requests": {"()": "gwonseon.error_reports.RequestFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # The office app logs sign-ins itself.
    # Each call to a gateway would be a line of its own.
    "loggers": {
        "axes": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        # In place of handlers of their own, which would write whole errors.
        "django": {"handlers": [], "level": "INFO"},
        "gunicorn.error": {"handlers": ["console"], "filters": ["requests"], "propagate": False},
    },
}
