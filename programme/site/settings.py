"""Settings of the portal, read from the environment (and from `.env` beside manage.py, if any).

Nothing needs to be set to try the portal on one machine. A production installation sets
PORTAL_ENV=production, SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, EMAIL_URL and MEDIA_ROOT; what it
must not leave at its default is refused here with a plain sentence.
"""

import tomllib
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from programme.site import production

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- which kind of installation this is -------------------------------------------------------

PORTAL_ENV = env.str("PORTAL_ENV", default="development")
if PORTAL_ENV not in {"development", "production"}:
    raise ImproperlyConfigured(
        f"PORTAL_ENV is “{PORTAL_ENV}”: it must be “development” or “production”."
    )
PRODUCTION = PORTAL_ENV == "production"

# Long enough for development and known to everybody, so production refuses it below.
DEFAULT_SECRET_KEY = "known-to-everybody-and-so-only-for-trying-out-the-portal"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", default=DEFAULT_SECRET_KEY)
DEBUG = env.bool("DEBUG", default=not PRODUCTION)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Password of every account of the example programme; such accounts never start in production
# (programme/site/safeguards.py).
EXAMPLE_PASSWORD = env.str("EXAMPLE_PASSWORD", default="collaborate")

# --- the house --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "programme",
    "projects",
    "finance",
    "reports",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "programme.site.middleware.PrivateMiddleware",
    "csp.middleware.CSPMiddleware",
    "programme.site.middleware.RequestSizeMiddleware",
    "programme.site.middleware.RoomMiddleware",
    "programme.site.middleware.NullCharacterMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "programme.site.middleware.AdminMiddleware",
    # What a form brings after its session ended is kept before the next one sends it away.
    "programme.site.middleware.DraftMiddleware",
    # Default deny: a page that anybody may see says so with login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "programme.site.middleware.ProgrammeMiddleware",
    "programme.site.middleware.CorrelationMiddleware",
    "programme.site.middleware.DownloadMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "programme.site.urls"
WSGI_APPLICATION = "programme.site.wsgi.application"
ASGI_APPLICATION = "programme.site.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "builtins": ["programme.templatetags.words"],
            # The portal's own templates are said in the words of the programme.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "programme.site.templates.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "programme.site.navigation.shell",
            ],
        },
    },
]
FORM_RENDERER = "programme.common.forms.PortalRenderer"

# --- where things are kept --------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/portal.sqlite3")}
_database = DATABASES["default"]
_database["ATOMIC_REQUESTS"] = False
if _database["ENGINE"] == "django.db.backends.sqlite3":
    if _database["NAME"] != ":memory:":
        _database["NAME"] = BASE_DIR / _database["NAME"]
        _database["NAME"].parent.mkdir(parents=True, exist_ok=True)
    _database["OPTIONS"] = {
        # Readers go on while one writer writes; what was saved outlives a loss of power.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
        # The write lock is taken when a transaction begins: two writers queue, none fails halfway.
        "transaction_mode": "IMMEDIATE",
        # Seconds that a writer queues before "database is locked".
        "timeout": env.int("SQLITE_TIMEOUT", default=20),
    }
else:
    _database.setdefault("CONN_MAX_AGE", 60)
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in rate limits count here, so production processes must share it: the table is made by
# `manage.py createcachetable`.
CACHES = {
    "default": env.cache_url(
        "CACHE_URL", default="dbcache://portal_cache" if PRODUCTION else "locmemcache://"
    )
}
if CACHES["default"]["BACKEND"].endswith((".DatabaseCache", ".LocMemCache", ".FileBasedCache")):
    # Django's own 300 would let 300 failures of anybody throw out those that count for others.
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)

MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
MEDIA_URL = "media/"

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
# Outside production pages take their files straight from static/, with no collectstatic in between.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION

# --- people and sign-in -----------------------------------------------------------------------

AUTH_USER_MODEL = "programme.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "programme.site.passwords.GuessValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "programme.site.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "programme.site.account_forms.SignInForm",
    "reset_password": "programme.site.account_forms.ResetPasswordForm",
    "reset_password_from_key": "programme.site.account_forms.ResetPasswordKeyForm",
    "change_password": "programme.site.account_forms.ChangePasswordForm",
    "set_password": "programme.site.account_forms.SetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# The programme office makes accounts for people it knows: no address is verified again.
ACCOUNT_EMAIL_VERIFICATION = "none"
# Nobody learns from the reset page, or from a stray message, who has an account.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A letter whenever a password is chosen.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
# "per key" is an account at an address, an account from wherever, or an account in a browser in
# which its owner signed in before (programme/site/accounts.py). The rest is allauth's own.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/5m/key",
    "login_failed_strangers": "100/h/key",
    "login_failed_known_browser": "10/5m/key",
    "reset_password": "20/m/ip,5/h/key",
}
# How many proxies of one's own stand before the portal: rate limits count addresses behind them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SESSION_ENGINE = "programme.site.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60

# Where nothing is set and the portal is only tried out, each letter is a file in a folder.
_mail = env.email_url(
    "EMAIL_URL", default="smtp://localhost:25" if PRODUCTION else f"filemail://{VAR_DIR}/mail"
)
if _mail["EMAIL_BACKEND"].endswith(".filebased.EmailBackend"):
    _mail["EMAIL_FILE_PATH"] = f"/{_mail['EMAIL_FILE_PATH'].lstrip('/')}"
globals().update(_mail)
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="Collaboration Portal <portal@localhost>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where the portal is reached, for the links of letters that no request sends.
PORTAL_URL = env.str(
    "PORTAL_URL",
    default=(
        f"https://{next(iter(ALLOWED_HOSTS), 'localhost')}"
        if PRODUCTION
        else f"http://127.0.0.1:{env.int('PORT', default=8000)}"
    ),
).rstrip("/")
# Where people write who cannot use a page; the accessibility statement prints it.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")

# --- language, calendar, numbers --------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# --- what a browser is told -------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 86400 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=PRODUCTION)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=PRODUCTION)
# Name of the header in which one's own proxy says that the visitor came by https, for example
# X-Forwarded-Proto. Only behind a proxy that always sets it.
_proxy_header = env.str("SECURE_PROXY_SSL_HEADER", default="")
if _proxy_header:
    SECURE_PROXY_SSL_HEADER = ("HTTP_" + _proxy_header.upper().replace("-", "_"), "https")

# --- work outside of pages --------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# Whether a `manage.py worker` runs, which then makes the PDFs of papers.
PAPERS_BY_WORKER = env.bool("PAPERS_BY_WORKER", default=False)

# --- what a browser may send ------------------------------------------------------------------

# A form of the portal is text. Files count towards the whole request, and lie on the disk while
# they are read, once they are past their share of memory.
MAX_REQUEST_BYTES = env.int("MAX_REQUEST_BYTES", default=20 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("MAX_FORM_BYTES", default=2 * 1024 * 1024)
FILE_UPLOAD_MAX_MEMORY_SIZE = env.int("MAX_FILE_BYTES_IN_MEMORY", default=2 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- tables -----------------------------------------------------------------------------------

DJANGO_TABLES2_TEMPLATE = "programme/includes/table.html"

# --- log --------------------------------------------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", default="WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    # Django's own handlers would say everything a second time.
    "loggers": {"django": {"handlers": [], "level": LOG_LEVEL}},
}

# --- what production refuses ------------------------------------------------------------------

if PRODUCTION and (
    _refusals := production.refusals(
        secret=SECRET_KEY,
        default_secret=DEFAULT_SECRET_KEY,
        debug=DEBUG,
        hosts=ALLOWED_HOSTS,
        cache_backend=CACHES["default"]["BACKEND"],
        proxy_header=_proxy_header,
        proxy_count=ALLAUTH_TRUSTED_PROXY_COUNT,
    )
):
    raise ImproperlyConfigured(" ".join(_refusals))
