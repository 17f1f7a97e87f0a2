"""Entry point of WSGI servers: `gunicorn programme.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings")
application = get_wsgi_application()

from programme.safeguards import refuse_example_accounts  # noqa: E402  (models need the set-up above)

refuse_example_accounts()
