from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TroubleshootingConfig(AppConfig):
    name = "troubleshooting"
    verbose_name = _("Troubleshooting")

    def ready(self) -> None:
        """Register the system checks, keep index and triggers there after migrations."""
        # The database router and the models are not ready when this module is imported.
        from .caching import version
        from .search.index.maintenance import prepare_after_migrate

        post_migrate.connect(prepare_after_migrate, sender=self)
        post_migrate.connect(version.prepare_after_migrate, sender=self)


class AdministrationConfig(AdminConfig):
    """Django's administration with the portal's home page and menu."""

    default_site = "troubleshooting.adminsite.PortalAdminSite"
