"""Signing in and out, for readers too where the whole portal asks for it."""

from django.contrib.auth import views


class SignInView(views.LoginView):
    template_name = "troubleshooting/sign_in.html"
    redirect_authenticated_user = True


class SignOutView(views.LogoutView):
    """By POST alone, as Django has it."""
