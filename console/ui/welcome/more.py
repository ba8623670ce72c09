"""The fields that only some sources need, behind a button that opens and closes them."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.ui.look.look import Look
from console.ui.parts.labels import label
from console.ui.welcome.trying import Field
from console.ui.welcome.ways import WAYS

_FILES = {
    Field.CA_FILE: "Certificates (*.pem *.crt *.cer);;All files (*)",
    Field.CLIENT_CERT: "Certificates (*.pem *.crt *.cer);;All files (*)",
    Field.CLIENT_KEY: "Keys (*.pem *.key);;All files (*)",
}
_EXAMPLES = {
    Field.HEADER: "X-Api-Key",
    Field.TOKEN_URL: "/oauth/token, or https://…",
    Field.SCOPE: "none",
    Field.PROXY: "http://HOST:PORT",
}
_OF_WAYS = frozenset(field for way in WAYS for field in way.asks)


class More(QWidget):
    """Closed at first. ``returned`` is emitted with Enter in any field."""

    returned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._button, self._inner = QPushButton("More"), QWidget()
        self._way = QComboBox()
        self._way.addItems([way.title for way in WAYS])
        self._texts: dict[Field, QLineEdit] = {
            field: QLineEdit() for field in Field if field is not Field.SIGN_IN
        }
        self._rows: dict[Field, QWidget] = {}
        self._look: Look | None = None
        self._form, self._column = QFormLayout(self._inner), QVBoxLayout(self)
        self._lay_out()
        self._button.toggled.connect(self._fit_open)
        self._way.currentIndexChanged.connect(self._fit_way)
        self._fit_way()
        self._fit_open()

    def _lay_out(self) -> None:
        self._button.setCheckable(True)
        self._way.view().setAccessibleName("Ways to sign in")
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for layout in (self._form, self._column):
            layout.setContentsMargins(0, 0, 0, 0)
        self._add(Field.SIGN_IN, self._way, self._way)
        for field, text in self._texts.items():
            text.setPlaceholderText(_EXAMPLES.get(field, "none"))
            text.returnPressed.connect(self.returned)
            self._add(field, text, self._with_files(field, text) if field in _FILES else text)
        self._column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._inner)

    def _add(self, field: Field, entry: QWidget, row: QWidget) -> None:
        entry.setAccessibleName(field)
        entry.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name = label(self._inner, "muted", field)
        name.setBuddy(entry)
        self._rows[field] = row
        self._form.addRow(name, row)

    def _with_files(self, field: Field, text: QLineEdit) -> QWidget:
        """The field with a button that chooses its file."""
        row, browse = QWidget(), QPushButton("Browse…")
        browse.setAccessibleName(f"Browse for the file: {field}")
        browse.clicked.connect(partial(self._offer_files, field))
        side = QHBoxLayout(row)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(text, 1)
        side.addWidget(browse)
        return row

    def read(self) -> Mapping[Field, str]:
        """What was entered; of the ways to sign in only what the chosen one makes use of."""
        way = WAYS[self._way.currentIndex()]
        texts = {field: text.text().strip() for field, text in self._texts.items()}
        wanted = {field: text for field, text in texts.items() if field not in _OF_WAYS or field in way.asks}
        chosen = {Field.SIGN_IN: way.name, **wanted}
        return {field: text for field, text in chosen.items() if text}

    def point(self, field: Field) -> QWidget:
        """Open, and give the row of ``field``, which is to be seen."""
        self._button.setChecked(True)
        return self._rows[field]

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale from here on."""
        self._look = look
        for layout in (self._form, self._column):
            layout.setSpacing(look.sizes.grid(1))
        self._fit_open()

    def _fit_open(self) -> None:
        opened = self._button.isChecked()
        self._inner.setVisible(opened)
        does = "Closes" if opened else "Opens"
        self._button.setAccessibleName("More: sign-in, certificates and proxy")
        self._button.setAccessibleDescription(
            f"{'Open' if opened else 'Closed'}. {does} the fields that only some sources need."
        )
        if self._look is not None:
            icon = "chevron-down" if opened else "chevron-right"
            self._button.setIcon(self._look.icons.icon(icon, self._look.sizes.icon))

    def _fit_way(self) -> None:
        asks = WAYS[self._way.currentIndex()].asks
        for field in _OF_WAYS:
            self._form.setRowVisible(self._rows[field], field in asks)

    def _offer_files(self, field: Field) -> None:
        text = self._texts[field]
        dialog = QFileDialog(self, field, text.text(), _FILES[field])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(text.setText)
        dialog.open()
