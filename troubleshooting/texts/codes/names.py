"""The forms of symbolic codes: ``DeviceCapReached``, ``ERROR_INSTALL_USEREXIT``, ``bad_grant``."""

import re
from itertools import pairwise

from rapidfuzz.distance import OSA

from .spelling import normalise_spelling

# A word inside a camel-case name: "Device", the acronym of "APNSCertificate", a number.
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[0-9]+")
_CAMEL = re.compile(r"[A-Z][A-Za-z0-9]{3,126}")
_ONE_WORD = re.compile(r"[A-Z][a-z]{1,40}")
_UNDERSCORED = re.compile(r"[A-Z][A-Z0-9]{0,40}+(?:_[A-Z0-9]{1,40}+){1,24}+")

# Names of products and techniques that are written like a symbolic code.
_PRODUCTS = frozenset(
    """
    ActiveSync ActiveX AirDrop AirPlay AirPrint AirWatch AppleScript AppLocker AutoDiscover
    AutoPilot BitLocker BizTalk BranchCache CarPlay ChromeOS ConfigMgr DataSync DevOps DirectAccess
    DirectX DirSync EndPoint FaceTime FileVault GitHub GlobalProtect GoDaddy HoloLens HomeKit
    HyperV ICloud InfoPath InTune JavaScript KeyChain LinkedIn MacBook MacOS MobileIron MySQL
    NetApp NetBIOS NetScaler OneDrive OneNote OpenSSL OpenVPN OutLook PalmOS PlayStore PostgreSQL
    PowerApps PowerAutomate PowerBI PowerPoint PowerQuery PowerShell ProPlus QuickTime SandBlast
    SafetyNet ServiceNow SharePoint SkyDrive SkypeForBusiness SmartScreen SurfaceHub TeamViewer
    TechNet TestFlight TypeScript VMWare VirtualBox VisualStudio WatchGuard WebKit WebView WiFi
    WinRM WinSCP WindowsUpdate WordPress WorkSpace YouTube
    AnyConnect AppArmor ArgoCD CentOS CircleCI ClickHouse CloudFlare CloudFront CloudWatch CoreDNS
    CouchDB DataDog DigitalOcean DocuSign DynamoDB ElasticSearch FireFox FortiClient FortiGate
    FreeBSD FreeIPA GitLab GraphQL HAProxy HubSpot InfluxDB IntelliJ JetBrains JupyterHub
    JupyterLab KeePass KeyCloak LastPass LibreOffice LetsEncrypt MariaDB MinIO MongoDB NextCloud
    NodeJS OpenLDAP OpenShift OpenStack OpenSUSE OwnCloud PagerDuty PhpMyAdmin PyCharm RabbitMQ
    RedHat SaltStack SonarQube SonicWall SourceTree SQLite StackOverflow SwiftUI TensorFlow
    ThinkPad TrueNAS WebEx WebSocket WebRTC WhatsApp WireGuard WooCommerce YubiKey ZooKeeper
    """.casefold().split()
)

# The letter between two underscores says what a name stands for: E error, S success with a
# meaning, X an error of the RPC runtime. "ERROR", "ERR" and "STATUS" say it in words.
_ERROR_PARTS = frozenset({"E", "S", "X", "ERR", "ERROR"})
_ERROR_ENDS = frozenset({"ERROR", "FAILED", "FAILURE"})
_ERROR_STARTS = frozenset({"E", "ERR", "ERROR", "STATUS"})
# Properties of mail and their types: PT_ERROR.
_PROPERTY_STARTS = frozenset({"PR", "PT", "PID"})
_FIELD = re.compile(
    "CODES?|COUNT|DESCRIPTION|ID|LEVEL|LOG|MESSAGES?|MSG|NUMBER|TEXT|TYPE|SUCCESS|OK"
)
# Names of protocols, in small letters (RFC 6749 5.2): what one of their parts says.
_SNAKE = re.compile(r"[a-z][a-z0-9]{0,40}+(?:_[a-z0-9]{1,40}+){1,12}+")
#: Names that POSIX and libraries of sockets give errors (``errno.h``), and DNS its answers
#: (RFC 1035, RFC 6895), from five letters on: shorter ones are words too.
_SYSTEM_NAMES = """
EACCES EADDRINUSE EADDRNOTAVAIL EAFNOSUPPORT EAGAIN EALREADY EBADF EBADMSG EBUSY ECANCELED
ECHILD ECONNABORTED ECONNREFUSED ECONNRESET EDEADLK EDESTADDRREQ EDQUOT EEXIST EFAULT EFBIG
EHOSTDOWN EHOSTUNREACH EILSEQ EINPROGRESS EINTR EINVAL EISCONN EISDIR EMFILE EMLINK EMSGSIZE
ENAMETOOLONG ENETDOWN ENETRESET ENETUNREACH ENFILE ENOBUFS ENODEV ENOENT ENOEXEC ENOLCK ENOMEM
ENOPROTOOPT ENOSPC ENOSYS ENOTCONN ENOTDIR ENOTEMPTY ENOTSOCK ENOTSUP ENXIO EOPNOTSUPP EOVERFLOW
EPERM EPIPE EPROTO EPROTONOSUPPORT EPROTOTYPE EROFS ESPIPE ESRCH ESTALE ETIMEDOUT ETXTBSY
EWOULDBLOCK EXDEV ENOTFOUND EAI_AGAIN FORMERR NXDOMAIN NXRRSET SERVFAIL
"""
_SYSTEM = frozenset(_SYSTEM_NAMES.split())
# A name in capitals alone, which a word for a code has to announce: "error code: NOALLOCPG".
_CAPITALS = re.compile(r"[A-Z]{5,24}")
#: What is written so after "error code" and is none: kinds of codes, protocols, levels, successes.
_OTHER_CAPITALS = """
AADSTS ALERT ASCII BUGCHECK CRITICAL DEBUG EMERGENCY ERRNO ERROR ERRORLEVEL ERRORS FATAL HEXADECIMAL
HRESULT HTTPS INFORMATION IPSEC KERBEROS LASTERROR LDAPS LINUX MACOS NOTICE NTSTATUS OAUTH OTHER
OTHERS POSIX SHALL SHOULD SMTPS SQLCODE SQLSTATE STATUS SUCCEEDED SUCCESS TRACE VALUE VERBOSE
WARNING WARNINGS WINDOWS
"""
_NO_NAMES = frozenset(_OTHER_CAPITALS.split())
_FAILING_PART = re.compile(
    "bad|blocked|busy|cancell?ed|conflict|corrupt|denied|disabled|down|duplicate|exceeded|exhausted"
    "|expired|fail(?:ed|ure)?|forbidden|full|invalid|limited|locked|lost|mismatch|missing|no|not"
    "|offline|pending|rejected|required|revoked|timeout|wrong"
    "|un(?:authorized|available|known|reachable|supported|trusted)|reached|reset|timed"
)
# What makes one code of another in source text: HRESULT_FROM_WIN32(ERROR_BUSY).
_MACRO = re.compile(r"(?:HRESULT|NTSTATUS|WIN32)_FROM_[A-Z0-9_]{1,60}+|MAKE_HRESULT")
_REGISTRY_STARTS = frozenset({"HKEY", "KEY"})


def is_underscored(name: str) -> bool:
    """Return whether a name is in capitals with underscores and could be a symbolic code.

    Registry hives (``HKEY_LOCAL_MACHINE``, or ``KEY_CLASSES_ROOT`` as documents garble it)
    could not.
    """
    if not _UNDERSCORED.fullmatch(name) or _MACRO.fullmatch(name):
        return False
    return name.split("_")[0] not in _REGISTRY_STARTS


def is_system_name(name: str) -> bool:
    """Return whether an operating system or the DNS calls an error so: ``ENOENT``, ``NXDOMAIN``."""
    return name in _SYSTEM


def is_capitals(name: str) -> bool:
    """Return whether a name is one word in capitals that a word for a code may announce."""
    return bool(_CAPITALS.fullmatch(name)) and name not in _NO_NAMES | _SYSTEM


def is_error_name(name: str) -> bool:
    """Return whether a name in capitals is an error's by its form alone, without its context.

    It starts with ``E_``, ``ERR_``, ``ERROR_`` or ``STATUS_``, or holds ``_E_``, ``_S_``,
    ``_X_``, ``_ERR_``, or ends with ``_ERROR``, ``_FAILED`` or ``_FAILURE``, as in
    ``MENROLL_E_DEVICE_NOT_SUPPORTED``. Names of fields (``ERROR_CODE``) and of success
    (``ERROR_SUCCESS``, ``DRM_S_FALSE``) are no errors.
    """
    if not is_underscored(name):
        return False
    first, *rest = name.split("_")
    if first in _PROPERTY_STARTS:
        return False
    if first in _ERROR_STARTS:
        return len(name) > 5 and not (len(rest) == 1 and _FIELD.fullmatch(rest[0]))
    if rest[-2:] in (["S", "OK"], ["S", "FALSE"]):
        return False
    return rest[-1] in _ERROR_ENDS or not _ERROR_PARTS.isdisjoint(rest[:-1])


def is_failing_mixed(name: str) -> bool:
    """Return whether camel-case words with an underscore say that something failed.

    ``CertRenewal_Failure`` and ``Gateway_Forbidden`` say it last, ``SetupError_AgentLate`` first.
    """
    first, *rest = name.split("_")
    if not rest or name.isupper():
        return False
    last = rest[-1]
    return (
        bool(_FAILING_PART.fullmatch(last.lower()))
        or first.endswith("Error")
        or (humps(last) > _FEWEST_PARTS - 1 and is_failing_camel(last))
    )


def is_failing_snake(name: str) -> bool:
    """Return whether a name in small letters says that something failed.

    ``invalid_grant`` and ``server_error`` do; names of fields (``error_code``) do not.
    """
    said = name.split("_")
    if not _SNAKE.fullmatch(name) or said[-1] in ("count", "level", "log", "number"):
        return False
    if said[0] in ("error", "err"):
        return not _FIELD.fullmatch(said[-1].upper()) and said[-1] != "uri"
    return said[-1] == "error" or any(map(_FAILING_PART.fullmatch, said))


def humps(name: str) -> int:
    """Count the words of a camel-case name: 3 in ``DeviceCapReached``; 0 for any other text.

    A name begins with a capital, holds letters and digits only and at least two words of two
    letters or more. Product names (``PowerShell``) are not counted: they are no codes.
    """
    if not _CAMEL.fullmatch(name) or name.casefold() in _PRODUCTS:
        return 0
    words = _HUMP.findall(name)
    if sum(map(len, words)) != len(name) or not any(map(str.islower, name)):
        return 0
    long_words = sum(len(word) > 1 and word.isalpha() for word in words)
    return long_words if long_words > 1 and not _alternates(words) else 0


def joined_humps(name: str) -> int:
    """Count the words of camel-case names that underscores join: 4 in ``BadRequest_InvalidBlob``.

    0 for any other text, and where each part is one word: ``Adobe_Reader`` may name anything.
    """
    first, *rest = name.split("_")
    counts = [humps(part) or int(bool(_ONE_WORD.fullmatch(part))) for part in (first, *rest)]
    return sum(counts) if rest and all(counts) and max(counts) > 1 else 0


def is_field_name(name: str) -> bool:
    """Return whether a name is what messages call a part of their own: ``ErrorCode``."""
    return bool(_FIELD_NAME.fullmatch(name))


def is_failing_camel(name: str) -> bool:
    """Return whether a camel-case name says that something failed: ``SkuNotAvailable``.

    Classes of exceptions (``FileNotFoundException``) do not count, but those that are named after
    how long they last, as states of a job are: ``TooManyItemsPermanentException``. States in which
    something is tried again do, too: ``ImagePullBackOff``.
    """
    if not humps(name) or is_field_name(name):
        return False
    if name.endswith("Exception"):
        return bool(_LASTING.search(name)) and humps(name) > _FEWEST_PARTS
    if name.endswith("BackOff"):
        return True
    said = [word.lower() for word in _HUMP.findall(name)]
    return said[-1] == "error" or any(map(_FAILING_PART.fullmatch, said))


_LASTING = re.compile("(?:Permanent|Transient)Exception$")
# What a message calls its own parts.
_FIELD_NAME = re.compile("Error(?:Codes?|Details?|Id|Level|Message|Number|Text|Type)")


def _alternates(words: list[str]) -> bool:
    """Return whether letters and numbers alternate, as they do in random identifiers."""
    return sum(one.isdigit() or other.isdigit() for one, other in pairwise(words)) > 3


_PART = re.compile(r"[A-Z]{1,60}(?![a-z])|[A-Z]?[a-z]{1,60}|[0-9]{1,60}")
#: One letter in so many may be wrong in a name; a shorter one must be right.
_LETTERS_PER_SLIP = 9
#: One in so many where each of its parts is still told from other words.
_LETTERS_PER_SLIP_IN_PART = 4
#: The letters that a part of a name keeps when it is shortened, and the parts of such a name.
_SHORTENED, _FEWEST_PARTS = 3, 3


def parts(name: str) -> list[str]:
    """Return the words that a name is made of, in lower case: of any case, blanks and marks."""
    return [part.lower() for part in _PART.findall(name)]


def is_near(typed: str, name: str) -> bool:
    """Return whether ``typed`` is a name with a few wrong letters, or with its words shortened.

    ``APNSCertNotValid`` is near ``APNSCertificateNotValid``, and ``acount not on boarded`` near
    ``AccountNotOnboarded``.
    """
    one, other = normalise_spelling(typed), normalise_spelling(name)
    slips = len(one) // _LETTERS_PER_SLIP
    if slips and OSA.distance(one, other, score_cutoff=slips) <= slips:
        return True
    short, whole = parts(typed), parts(name)
    if len(short) != len(whole) or len(whole) < _FEWEST_PARTS or one == other:
        return False
    return all(map(_is_shortened, short, whole)) or all(map(_is_slip, short, whole))


def _is_slip(part: str, whole: str) -> bool:
    slips = len(part) // _LETTERS_PER_SLIP_IN_PART
    return OSA.distance(part, whole, score_cutoff=slips) <= slips


def _is_shortened(part: str, whole: str) -> bool:
    return part == whole or (len(part) >= _SHORTENED and whole.startswith(part))
