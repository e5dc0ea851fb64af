"""The portal under the clock of ``bench_pages``."""

from benchmarks.timed import timed
from kbportal import wsgi

application = timed(wsgi.application)
