'use strict';

/**
 * Names beside symbols. A label is drawn only where it covers no symbol and no label that matters
 * more; so a crowd stays readable, and zooming in brings the rest.
 */
class Labels {
  constructor() {
    this.widths = new Map();
    this.taken = new Uint8Array(0);
  }

  /** Start a frame: nothing is taken yet. */
  begin(frame, look) {
    this.look = look;
    this.frame = frame;
    this.columns = Math.ceil(frame.width / Labels.CELL);
    this.rows = Math.ceil(frame.height / Labels.CELL);
    const cells = this.columns * this.rows;
    if (this.taken.length === cells) this.taken.fill(0);
    else this.taken = new Uint8Array(cells);
  }

  /** Keep a symbol's place free of labels. */
  block(x, y, reach) {
    this.mark(x - reach, y - reach, x + reach, y + reach);
  }

  /** Keep labels off a line between two places. */
  blockLine(a, b, reach = 1) {
    Labels.along(a, b).forEach(({ x, y }) => this.block(x, y, reach));
  }

  /**
   * Write lines of parts ({text, color, bold}) right of a symbol, else left, under, over, or at a corner.
   * `must` writes in any case, where it covers the least. Tells whether the label was written.
   */
  write(pen, at, lines, must) {
    const wide = Math.max(...lines.map((line) => this.width(pen, line)));
    const tall = lines.length * Labels.LINE;
    const spots = this.spots(at, wide, tall);
    const free = spots.find((spot) => this.free(spot.x, spot.y, spot.x + wide, spot.y + tall));
    const spot = free || (must ? this.least(spots, wide, tall) : null);
    if (!spot) return false;
    this.mark(spot.x - 2, spot.y, spot.x + wide + 2, spot.y + tall);
    lines.forEach((line, row) => this.line(pen, line, spot.x, spot.y + (row + 0.5) * Labels.LINE));
    return true;
  }

  least(spots, wide, tall) {
    const costs = spots.map((spot) => this.cost(spot.x, spot.y, spot.x + wide, spot.y + tall));
    return spots[costs.indexOf(Math.min(...costs))];
  }

  spots(at, wide, tall) {
    const top = at.y - Labels.LINE / 2;
    return [
      { x: at.x + at.reach + 4, y: top },
      { x: at.x - at.reach - 4 - wide, y: top },
      { x: at.x - wide / 2, y: at.y + at.reach + 2 },
      { x: at.x - wide / 2, y: at.y - at.reach - 2 - tall },
      { x: at.x + at.reach, y: at.y + 3 },
      { x: at.x + at.reach, y: at.y - 3 - tall },
      { x: at.x - at.reach - wide, y: at.y + 3 },
      { x: at.x - at.reach - wide, y: at.y - 3 - tall },
    ];
  }

  line(pen, parts, x, middle) {
    let left = Math.round(x);
    for (const part of parts) {
      this.font(pen, part);
      pen.lineWidth = 4;
      pen.lineJoin = 'round';
      pen.strokeStyle = this.look.halo;
      pen.strokeText(part.text, left, Math.round(middle));
      pen.fillStyle = part.color;
      pen.fillText(part.text, left, Math.round(middle));
      left += this.partWidth(pen, part);
    }
  }

  font(pen, part) {
    pen.font = part.bold ? Labels.BOLD : Labels.PLAIN;
    pen.textBaseline = 'middle';
  }

  width(pen, parts) {
    return parts.reduce((sum, part) => sum + this.partWidth(pen, part), 0);
  }

  partWidth(pen, part) {
    const key = (part.bold ? 'b' : 'p') + part.text;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    if (this.widths.size > 20000) this.widths.clear();
    this.font(pen, part);
    const width = pen.measureText(part.text).width;
    this.widths.set(key, width);
    return width;
  }

  free(left, top, right, bottom) {
    if (left < 0 || top < 0 || right > this.frame.width || bottom > this.frame.height) return false;
    return this.cells(left, top, right, bottom, (cell) => this.taken[cell] === 0);
  }

  /** How much a label would cover; one that leaves the frame could not be read. */
  cost(left, top, right, bottom) {
    const { width, height } = this.frame;
    let sum = left < 0 || top < 0 || right > width || bottom > height ? 1000 : 0;
    this.cells(left, top, right, bottom, (cell) => {
      sum += this.taken[cell];
      return true;
    });
    return sum;
  }

  /** Whether a strip along a line, so far to either side, is free and inside the frame. */
  freeLine(a, b, reach) {
    return Labels.along(a, b).every(({ x, y }) => this.free(x - reach, y - reach, x + reach, y + reach));
  }

  /** Places along a line, no farther apart than a cell. */
  static along(a, b) {
    const steps = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / Labels.CELL) || 1;
    const place = (part) => ({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part });
    return Array.from({ length: steps + 1 }, (_, i) => place(i / steps));
  }

  mark(left, top, right, bottom) {
    this.cells(left, top, right, bottom, (cell) => {
      this.taken[cell] = 1;
      return true;
    });
  }

  /** Visit the cells of a box until one says no; true when none did. */
  cells(left, top, right, bottom, visit) {
    const first = Math.max(0, Math.floor(left / Labels.CELL));
    const last = Math.min(this.columns - 1, Math.floor(right / Labels.CELL));
    const above = Math.max(0, Math.floor(top / Labels.CELL));
    const below = Math.min(this.rows - 1, Math.floor(bottom / Labels.CELL));
    for (let row = above; row <= below; row += 1) {
      for (let column = first; column <= last; column += 1) {
        if (!visit(row * this.columns + column)) return false;
      }
    }
    return true;
  }
}

Labels.CELL = 4;
Labels.LINE = 15;
Labels.BOLD = `500 12px ${Sprites.FACE}`;
Labels.PLAIN = `400 12px ${Sprites.FACE}`;
