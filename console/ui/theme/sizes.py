"""Lengths at one font scale: the 4-px grid, the row, the target and the five steps of type."""

from dataclasses import dataclass

SMALLEST, LARGEST = 1.0, 2.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pixels at a font scale from 1.0 to 2.0; one outside is taken as the nearest."""

    scale: float = 1.0

    def px(self, at_full: float) -> int:
        """A length that is ``at_full`` pixels at 100 %."""
        return max(1, round(at_full * min(max(self.scale, SMALLEST), LARGEST)))

    def grid(self, steps: int) -> int:
        """``steps`` of the 4-px grid."""
        return self.px(4 * steps)

    @property
    def small(self) -> int:
        """Labels and second lines."""
        return self.px(11)

    @property
    def body(self) -> int:
        """Rows and everything that does not ask for another step."""
        return self.px(13)

    @property
    def lead(self) -> int:
        """The subject of a panel or dialog."""
        return self.px(15)

    @property
    def figure(self) -> int:
        """The figures of the strip and the tiles."""
        return self.px(20)

    @property
    def display(self) -> int:
        """The one figure of a view that is read first."""
        return self.px(32)

    @property
    def row(self) -> int:
        """A row of one line, and the least height of anything to press (WCAG 2.5.8 asks for 24)."""
        return self.px(28)

    @property
    def two_lines(self) -> int:
        """A row with a muted second line."""
        return self.px(36)

    @property
    def pad(self) -> int:
        """The space between a panel's edge and what it holds."""
        return self.px(8)

    @property
    def icon(self) -> int:
        """The side of an icon or a unit's shape."""
        return self.px(16)
