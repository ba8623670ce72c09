"""The locked-down end of the web view: no network, no navigation, nothing kept, nothing granted."""

import logging
from collections.abc import Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineDesktopMediaRequest,
    QWebEngineDownloadRequest,
    QWebEngineFileSystemAccessRequest,
    QWebEngineFullScreenRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineRegisterProtocolHandlerRequest,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from typing_extensions import override

from console.ui.map.scheme import ORIGIN, SCHEME, Files, Shelf

PAGE = QUrl(f"{ORIGIN}/index.html")

_Attribute = QWebEngineSettings.WebAttribute
_OFF = (
    _Attribute.LocalContentCanAccessRemoteUrls,
    _Attribute.LocalContentCanAccessFileUrls,
    _Attribute.LocalStorageEnabled,
    _Attribute.JavascriptCanOpenWindows,
    _Attribute.JavascriptCanAccessClipboard,
    _Attribute.JavascriptCanPaste,
    _Attribute.PluginsEnabled,
    _Attribute.PdfViewerEnabled,
    _Attribute.ScreenCaptureEnabled,
    _Attribute.DnsPrefetchEnabled,
    _Attribute.HyperlinkAuditingEnabled,
    _Attribute.NavigateOnDropEnabled,
    _Attribute.AllowRunningInsecureContent,
    _Attribute.AllowGeolocationOnInsecureOrigins,
    _Attribute.AllowWindowActivationFromJavaScript,
    _Attribute.ErrorPageEnabled,
    _Attribute.FullScreenSupportEnabled,
    _Attribute.WebGLEnabled,
    _Attribute.AutoLoadIconsForPage,
    _Attribute.TouchIconsEnabled,
    _Attribute.BackForwardCacheEnabled,
    _Attribute.FocusOnNavigationEnabled,
    _Attribute.ShowScrollBars,
)

_LOG = logging.getLogger(__name__)


class Gate(QWebEngineUrlRequestInterceptor):
    """Lets pass our own files and images that are part of the page; nothing leaves the workstation."""

    @override
    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        ours = url.scheme().encode() == SCHEME
        image = info.resourceType() is QWebEngineUrlRequestInfo.ResourceType.ResourceTypeImage
        if not (ours or (url.scheme() == "data" and image)):
            info.block(True)


def sealed_profile(gate: Gate, shelf: Shelf) -> QWebEngineProfile:
    """A profile that keeps nothing (it has no name, so it is off the record) and serves only the shelf.

    The caller keeps both arguments: a parent alone does not keep their Python halves, and a gate
    without its Python half lets everything pass (a test found it).
    """
    profile = QWebEngineProfile()
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    profile.setSpellCheckEnabled(False)
    profile.setUrlRequestInterceptor(gate)
    profile.installUrlSchemeHandler(SCHEME, shelf)
    profile.downloadRequested.connect(_cancel)
    settings = profile.settings()
    for attribute in _OFF:
        settings.setAttribute(attribute, False)
    return profile


class SealedPage(QWebEnginePage):
    """The map's page alone: it goes nowhere, opens nothing, asks for nothing.

    It owns its profile, since a profile must outlive its pages and go with the last of them.
    """

    def __init__(self, files: Files, parent: QObject | None = None) -> None:
        self._gate, self._shelf = Gate(), Shelf(files)
        self._profile = sealed_profile(self._gate, self._shelf)
        super().__init__(self._profile, parent)
        self._profile.setParent(self)
        self._logged = False
        self.permissionRequested.connect(_deny)
        self.fullScreenRequested.connect(_refuse_full_screen)
        self.fileSystemAccessRequested.connect(_refuse_files)
        self.registerProtocolHandlerRequested.connect(_refuse_scheme)
        self.desktopMediaRequested.connect(_refuse_screen)
        self.certificateError.connect(_refuse_certificate)

    @override
    def acceptNavigationRequest(
        self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        return isMainFrame and QUrl(url) == PAGE

    @override
    def chooseFiles(
        self,
        mode: QWebEnginePage.FileSelectionMode,
        oldFiles: Sequence[str],
        acceptedMimeTypes: Sequence[str],
    ) -> list[str]:
        return []

    @override
    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:
        return

    @override
    def javaScriptConfirm(self, securityOrigin: QUrl | str, msg: str) -> bool:
        return False

    @override
    def javaScriptPrompt(self, securityOrigin: QUrl | str, msg: str, defaultValue: str) -> tuple[bool, str]:
        return False, ""

    @override
    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        """Log where the page complained, once; never its text, which may hold what a caller said."""
        if not self._logged and level is QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel:
            self._logged = True
            _LOG.error("the map's page failed at %s:%d", PurePosixPath(sourceID).name, lineNumber)


def _cancel(request: QWebEngineDownloadRequest) -> None:
    request.cancel()


def _deny(permission: QWebEnginePermission) -> None:
    permission.deny()


def _refuse_full_screen(request: QWebEngineFullScreenRequest) -> None:
    request.reject()


def _refuse_files(request: QWebEngineFileSystemAccessRequest) -> None:
    request.reject()


def _refuse_scheme(request: QWebEngineRegisterProtocolHandlerRequest) -> None:
    request.reject()


def _refuse_screen(request: QWebEngineDesktopMediaRequest) -> None:
    request.cancel()


def _refuse_certificate(error: QWebEngineCertificateError) -> None:
    error.rejectCertificate()
