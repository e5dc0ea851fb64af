"""Second factors and passkeys: codes of an app, recovery codes, keys; kept by allauth.

``adapter``, ``forms`` and ``gate`` are loaded only where the setting MFA is on.
"""
