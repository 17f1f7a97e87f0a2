"""Entry point of ASGI servers: `uvicorn programme.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings")
application = get_asgi_application()

from programme.safeguards import refuse_example_accounts  # noqa: E402  (models need the set-up above)

refuse_example_accounts()
