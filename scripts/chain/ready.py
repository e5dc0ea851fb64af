"""Sets Django up, with the environment as it is: to be imported before all that has models."""

import django

django.setup()
