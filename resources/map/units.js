'use strict';

/** The units: what they are by slot, where they are from packed fixes, and how they look this frame. */
class Units {
  constructor() {
    this.forget();
  }

  forget() {
    this.slots = [];
    this.seen = [];
  }

  /** Take rows [slot, id, label, program, team, availability, priority, loud, said]. */
  rows(rows) {
    for (const [slot, id, label, program, team, state, priority, loud, said] of rows) {
      const unit = this.slots[slot] || { placed: false };
      Object.assign(unit, { kind: 'unit', slot, id, label, program, team, state, priority, loud, said });
      this.slots[slot] = unit;
    }
  }

  drop(slots) {
    slots.forEach((slot) => delete this.slots[slot]);
  }

  lift(slots) {
    slots.filter((slot) => this.slots[slot]).forEach((slot) => { this.slots[slot].placed = false; });
  }

  /** Take fixes packed as Int32: slot, latitude and longitude in 1e-7 degrees, second. */
  fixes(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const numbers = new Int32Array(bytes.buffer);
    for (let i = 0; i < numbers.length; i += 4) {
      const unit = this.slots[numbers[i]];
      if (unit) this.place(unit, numbers[i + 1] / 1e7, numbers[i + 2] / 1e7, numbers[i + 3]);
    }
  }

  place(unit, lat, lon, at) {
    unit.wx = Geo.x(lon);
    unit.wy = Geo.y(lat);
    unit.at = at;
    unit.placed = true;
  }

  find(id) {
    return this.slots.find((unit) => unit && unit.id === id);
  }

  points() {
    return this.slots.filter((unit) => unit && unit.placed).map((unit) => ({ x: unit.wx, y: unit.wy }));
  }

  /** The programs that have a unit somewhere on the map. */
  programs() {
    return new Set(this.slots.filter((unit) => unit && unit.placed).map((unit) => unit.program));
  }

  /** Choose what is inside the frame, and how each looks at the present second. */
  see(frame, board) {
    this.seen = [];
    for (const unit of this.slots) {
      if (!unit || !unit.placed) continue;
      unit.seen = false;
      unit.px = unit.wx * frame.scale - frame.left;
      unit.py = unit.wy * frame.scale - frame.top;
      if (!Geo.near(unit, frame, 40)) continue;
      this.dress(unit, board);
      unit.seen = true;
      this.seen.push(unit);
    }
  }

  /**
   * Old beyond the limit is dashed whatever the fill: a silent team must never read as free. Color and age
   * are for teams, and for another service's unit while it or its call is chosen.
   */
  dress(unit, board) {
    const age = Math.max(0, board.now - unit.at);
    unit.stale = age >= board.limits.stale;
    unit.age = age;
    const plain = board.shapes.marks[unit.state] || board.shapes.marks.unknown;
    const dashed = plain.dashed || unit.stale || board.doubt.units;
    unit.faded = !dashed && (age >= board.limits.fade || board.doubt.positions);
    unit.mark = dashed === plain.dashed ? plain : { fill: plain.fill, dashed, struck: plain.struck };
    unit.quiet = !unit.team && !unit.priority && !(dashed && Units.chosen(unit, board.chosen));
    unit.reach = unit.team ? 10 : 7;
  }

  static chosen(unit, { unit: id, links }) {
    return unit.id === id || links.includes(unit.slot);
  }

  /** Draw other services first, then teams, silent ones, and last who is in danger: nothing covers what matters more. */
  draw(pen, sprites, scale) {
    const team = (silent) => (unit) => unit.team && !unit.priority && unit.stale === silent;
    const other = (unit) => !unit.team && !unit.priority;
    for (const belongs of [other, team(false), team(true), (unit) => unit.priority]) {
      for (const unit of this.seen) {
        if (belongs(unit)) this.drawOne(pen, sprites, unit, scale);
      }
    }
    pen.globalAlpha = 1;
  }

  drawOne(pen, sprites, unit, scale) {
    const size = Math.round((unit.team ? Sprites.TEAM : Sprites.OTHERS) * scale);
    pen.globalAlpha = unit.faded ? Units.FADED : 1;
    sprites.stamp(pen, sprites.unit(unit.program, unit.mark, unit.quiet, size), unit.x, unit.y);
    if (unit.priority) this.drawBadge(pen, sprites, unit, scale);
  }

  /** The badge stands at the symbol's upper left: shape and fill stay in sight, and labels begin on the right. */
  drawBadge(pen, sprites, { x, y, priority, loud }, scale) {
    pen.globalAlpha = 1;
    const by = Units.BADGE * scale;
    sprites.stamp(pen, sprites.badge(priority, loud, Math.round(Sprites.BADGE * scale)), x - by, y - by);
  }

  static color({ priority, loud }, look) {
    return loud === 'gray' ? look.muted : look[`p${priority}`];
  }

  /** The lines beside a unit: its call-sign, and under it the age of a stale fix unless it is quiet. */
  lines(unit, look) {
    const color = unit.mark.dashed && !unit.quiet ? look.stale : unit.team && !unit.faded ? look.text : look.muted;
    const lines = [[{ text: unit.label, color, bold: unit.team }]];
    if (unit.priority) lines.push([{ text: unit.said, color: Units.color(unit, look), bold: true }]);
    if (unit.stale && !unit.quiet) lines.push([{ text: Texts.age(unit.age), color: look.stale, bold: false }]);
    return lines;
  }
}

Units.FADED = 0.55;
/** From the middle of a symbol to that of its badge. */
Units.BADGE = 10;
