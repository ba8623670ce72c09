"""The fields that say where a source is and how the console signs in there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSizePolicy, QWidget

from console.ui.look.look import Look
from console.ui.parts.labels import label
from console.ui.welcome.more import More
from console.ui.welcome.trying import Entered, Field, Kind

_KEYRING = "Kept in this workstation's keyring under the source's name, never in the configuration."
_NO_KEYRING = "This workstation has no keyring: say where the secret is kept. It is never written down here."


class SourceForm(QWidget):
    """A kind of source, its address and the sign-in. ``returned`` is emitted with Enter in any field."""

    returned = Signal()

    def __init__(self, kinds: tuple[Kind, ...], *, keyring: bool, zone: str) -> None:
        super().__init__()
        self._kinds, self._keyring = kinds, keyring
        self._bases = {kind.base for kind in kinds}
        self._kind = QComboBox()
        self._kind.addItems([kind.title for kind in kinds])
        self._url = _field("Address")
        self._mapping = _field("Mapping file")
        self._name = _field("Name on the board", "dispatch")
        self._zone = _field("Time zone of the agency", zone)
        self._user = _field("User name")
        self._secret = _field("Password or token")
        self._more = More()
        self._form = QFormLayout(self)
        self._lay_out()
        self._kind.currentIndexChanged.connect(self._fit_kind)
        self._fit_kind()

    def _lay_out(self) -> None:
        self._kind.setAccessibleName("Kind of source")
        self._kind.view().setAccessibleName("Kinds of sources")
        if self._keyring:
            self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        else:
            self._secret.setPlaceholderText("env:NAME or file:PATH")
        self._user.setPlaceholderText("none")
        rows = (self._kind, self._mapping, self._url, self._name, self._zone, self._user, self._secret)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setContentsMargins(0, 0, 0, 0)
        for field in rows:
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            name = label(self, "muted", field.accessibleName())
            name.setBuddy(field)
            self._form.addRow(name, field)
            if isinstance(field, QLineEdit):
                field.returnPressed.connect(self.returned)
        about = label(self, "muted", _KEYRING if self._keyring else _NO_KEYRING)
        about.setWordWrap(True)
        self._form.addRow(about)
        self._form.addRow(self._more)
        self._more.returned.connect(self.returned)

    def begin(self) -> None:
        """The keyboard is at the first field."""
        self._kind.setFocus()

    def wear(self, look: Look) -> None:
        """Take the spacing of another scale."""
        self._form.setVerticalSpacing(look.sizes.grid(1))
        self._more.wear(look)

    def fill(self, url: str) -> None:
        """Enter an address, as a person would."""
        self._url.setText(url)

    def read(self) -> Entered:
        """What stands in the fields."""
        kind, secret = self._chosen(), self._secret.text()
        return Entered(
            kind=kind,
            name=self._name.text().strip(),
            url=self._url.text().strip(),
            mapping=self._mapping.text().strip() if kind.mapped else "",
            timezone=self._zone.text().strip() if kind.zoned else "",
            username=self._user.text().strip(),
            secret=secret if self._keyring else "",
            reference="" if self._keyring else secret.strip(),
            more=self._more.read(),
        )

    def point(self, field: Field) -> QWidget:
        """Open the fields that only some sources need, and give the row of ``field``."""
        return self._more.point(field)

    def _chosen(self) -> Kind:
        return self._kinds[self._kind.currentIndex()]

    def _fit_kind(self) -> None:
        kind = self._chosen()
        self._url.setPlaceholderText(kind.example)
        if self._url.text() in self._bases:
            self._url.setText(kind.base)
        self._form.setRowVisible(self._mapping, kind.mapped)
        self._form.setRowVisible(self._zone, kind.zoned)


def _field(name: str, text: str = "") -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    return field
