"""All settings, read from the environment. Secrets come from ``X`` or from the file that ``X_FILE`` names."""

import re

import environ

from config import clock, state
from config.database import database

ROOT = state.ROOT
env = environ.FileAwareEnv()

VAR = state.made(state.folder())
env.read_env(VAR / "settings")  # what the environment does not say, for the service and for commands by hand alike
STATE_KIND = state.kind()
CLOCK_AHEAD = clock.run()
VERSION = next(iter(re.findall(r"^## \[?(\d[^\]\s]*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)), "0")

DEBUG = False
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
# TLS by our own server; behind a proxy neither is set, but SECURE=1 and TRUSTED_PROXY_COUNT are.
TLS_CERTIFICATE = env.str("TLS_CERTIFICATE", default="")
TLS_KEY = env.str("TLS_KEY", default="")
# Served over plain HTTP only to this machine itself.
SECURE = env.bool("SECURE", default=bool(TLS_CERTIFICATE))
SECRET_KEY = env.str("SECRET_KEY", default="") or state.key("secret").hex()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", HOST])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

AREAS = [
    "core", "audit", "practice", "staff", "terminology", "patients", "worklist", "records", "scheduling",
    "supplies", "clinic", "billing", "inbox", "home", "api", "portal", "upkeep",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    *[f"office.{area}" for area in AREAS],
    "allauth",  # after the areas: our templates stand before its own
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "office.core.middleware.ActorMiddleware",
    "office.staff.guard.SessionGuard",
    "office.core.middleware.ZeroByteMiddleware",
    "office.core.middleware.ToastMiddleware",
    "office.audit.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "office.core.pages.office",
            ],
        },
    }
]

DATABASES = {"default": database(env.str("DATABASE_URL", default="") or f"sqlite:///{VAR / 'frontdesk.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits are counted here, so they hold across processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What the areas offer to pages and actions below them; core finds them only here.
OFFICE_WIRING = {
    "reactions": "office.reactions.REACTIONS",
    "timetable": "office.timetable.TIMETABLE",
    "wiring": "office.wiring.WIRING",
    "refusals": "office.audit.trail.record_refusal",
}

USE_TZ = True
TIME_ZONE = "UTC"  # stored so; a page shows the location's zone
LANGUAGE_CODE = "en-us"
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = state.made(VAR / "static")
WHITENOISE_USE_FINDERS = env.bool("STATIC_FINDERS", default=True)
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILES_ROOT = VAR / "files"

# --- back-ups: a folder or sftp://user@host/folder; on SFTP the host's key by its fingerprint, and our own key's file
BACKUP_TO = env.str("BACKUP_TO", default=str(VAR / "backups"))
BACKUP_HOST_KEY = env.str("BACKUP_HOST_KEY", default="")
BACKUP_SSH_KEY = env.str("BACKUP_SSH_KEY", default=str(VAR / "keys" / "backup-ssh"))

# --- sign-in
AUTH_USER_MODEL = "staff.Member"
AUTHENTICATION_BACKENDS = ["office.staff.sign_in.Backend"]
PASSWORD_HASHERS = ["office.staff.passwords.OfficeArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "office.staff.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/5m/key", "reset_password_from_key": "20/m/ip"}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # seconds that a start link lives
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "office.staff.sign_in.MFAAdapter"
MFA_FORMS = {"add_webauthn": "office.staff.forms.AddKeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Frontdesk"

# The default keeps messages in a cookie, and a message may name a patient.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "office.staff.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # absolute, 164.312(a)(2)(iii)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_PERMISSIONS = 0o600

# Logs name requests and faults, never patients: no SQL parameters, no form values, no exception texts of the database.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "office.core.logs.LineFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": state.made(VAR / "logs") / "frontdesk.log",
            "maxBytes": 5_000_000,
            "backupCount": 5,
            "formatter": "line",
            "delay": True,
        },
    },
    "loggers": {
        "django": {"handlers": ["file"], "level": "INFO", "propagate": False},
        "django.request": {"handlers": ["file"], "level": "ERROR", "propagate": False},
        "office.commands": {"handlers": ["file"], "level": "INFO", "propagate": False},  # the person gets one line
        "office": {"handlers": ["console", "file"], "level": "INFO", "propagate": False},
        "django_tasks": {"handlers": ["file"], "level": "WARNING", "propagate": False},
    },
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []
