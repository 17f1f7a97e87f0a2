"""Entry point of ASGI servers, which are given `programme.site.asgi:application`."""

import os
from concurrent.futures import ThreadPoolExecutor

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.site.settings")
application = get_asgi_application()

from programme.site.safeguards import refuse_what_is_stored  # noqa: E402  (models need the set-up above)

# Servers import this inside their event loop, where Django refuses to query; a thread has none.
with ThreadPoolExecutor(max_workers=1) as thread:
    thread.submit(refuse_what_is_stored).result()
