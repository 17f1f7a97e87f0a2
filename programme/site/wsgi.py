"""Entry point of WSGI servers: `gunicorn programme.site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.site.settings")
application = get_wsgi_application()

from programme.site.safeguards import refuse_what_is_stored  # noqa: E402  (models need the set-up above)

refuse_what_is_stored()
