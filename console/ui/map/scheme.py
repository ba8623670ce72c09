"""The ``console://`` scheme: a fixed table of files for the map's page, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlScheme, QWebEngineUrlSchemeHandler
from typing_extensions import override

SCHEME = b"console"
ORIGIN = "console://map"
"""Where every file of the map's page lives; the page's policy calls it ``'self'``."""


def register_scheme() -> None:
    """Make the scheme known to Chromium. Call it before QApplication is made; a second call does nothing.

    Secure, so the page counts as a trustworthy origin; neither local nor open to other origins or to
    the fetch API (RELIABILITY section 1.5).
    """
    if QWebEngineUrlScheme.schemeByName(SCHEME).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


@dataclass(frozen=True, slots=True)
class File:
    """What is served at one address: its media type, and its bytes or where they are read from."""

    kind: bytes
    source: bytes | Path

    def read(self) -> bytes:
        """The bytes. Raises OSError when the file is gone."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()


Files = Mapping[str, File]
"""Files by the path of their address, such as ``/index.html``."""


class Shelf(QWebEngineUrlSchemeHandler):
    """Answers the page's requests from a table of files."""

    def __init__(self, files: Files, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files

    @override
    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        file = self._files.get(job.requestUrl().path())
        if file is None or job.requestMethod().data() != b"GET" or not _ours(job.initiator()):
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        try:
            content = file.read()
        except OSError:
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
            return
        buffer = QBuffer(job)
        buffer.setData(content)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(file.kind, buffer)


def _ours(initiator: QUrl) -> bool:
    """Whether the request comes from our own page, or is the page itself."""
    return initiator.isEmpty() or initiator.toString() == ORIGIN
