"""Texts of Django's administration that the portal's catalogues word in another way.

Django builds sentences around the name of a model, with which languages with genders cannot agree
("Ajout de incident"). ``make messages`` collects these; ``LOCALE_PATHS`` of the settings puts
the portal's catalogues before Django's.
"""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

#: Of which the catalogue of a language makes a fault of grammar.
HELP = (_("After you’ve created a user, you’ll be able to edit more user options."),)
#: Of which a catalogue writes the apostrophe of the typewriter.
APOSTROPHES = (
    _("Raw passwords are not stored, so there is no way to see the user’s password."),
    _("Designates whether the user can log into this admin site."),
    _(
        "Whether the user will be able to authenticate using a password or not. If disabled, they"
        " may still be able to authenticate using other backends, such as Single Sign-On or LDAP."
    ),
    _("Enable password-based authentication for this user by setting a password."),
    _("Enable password-based authentication"),
    _("Disable password-based authentication"),
    _("Password-based authentication was disabled."),
    _("Breadcrumbs"),
)
TITLES = (
    _("Add %s"),
    _("Change %s"),
    _("View %s"),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Change history: %s"),
)
BUTTONS = (
    _("Add %(name)s"),
    _("Add another %(verbose_name)s"),
    _("Add another %(model)s"),
    _("Change selected %(model)s"),
    _("Delete selected %(model)s"),
    _("View selected %(model)s"),
    _("Delete selected %(verbose_name_plural)s"),
    _("Select all %(total_count)s %(module_name)s"),
)
OUTCOMES = (
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("Successfully deleted %(count)d %(items)s."),
    _("Cannot delete %(name)s"),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    ngettext(
        "%(count)s %(name)s was changed successfully.",
        "%(count)s %(name)s were changed successfully.",
        1,
    ),
)
