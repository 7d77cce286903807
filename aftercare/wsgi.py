"""What a web server runs: `gunicorn aftercare.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftercare.settings")
os.environ.setdefault("SERVING", "1")

application = get_wsgi_application()
