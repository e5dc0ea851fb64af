"""Response headers that no installed package sets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: Device features a portal of texts never uses. The clipboard is left to its default (this
#: origin only): pages offer to copy codes and steps.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class PermissionsPolicyMiddleware:
    """Add ``Permissions-Policy`` to every response (W3C Permissions Policy, section 5.1)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
