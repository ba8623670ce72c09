'use strict';

/**
 * Every symbol is drawn once per theme and pixel ratio, then copied: 5,000 copies cost a few
 * milliseconds, 5,000 paths would cost a frame. Outlines come from the console (ui/shapes.py).
 */
class Sprites {
  constructor() {
    this.held = new Map();
    this.dressed = 0;
    this.ratio = 0;
    this.look = null;
    this.shapes = null;
  }

  /** Take other colors, outlines or another pixel ratio; what was drawn before is dropped. */
  dress(look, shapes, ratio) {
    this.look = look;
    this.shapes = shapes;
    this.ratio = ratio;
    this.held.clear();
    this.dressed += 1;
  }

  /** A unit: its program's shape, hollow, half or full; `quiet` when it is no team of ours. */
  unit(program, mark, quiet, size) {
    const key = `${program}|${mark.fill}|${mark.dashed}|${mark.struck}|${quiet}|${size}`;
    const held = this.held.get(key);
    if (held) return held;
    const unit = size / this.shapes.grid;
    return this.keep(key, size + 8, (pen) => this.drawUnit(pen, program, mark, quiet, unit));
  }

  /** A call's pin, its tip in the middle of the sprite; priority 0 carries a dot. */
  pin(priority, loud, lost, size) {
    const key = `pin|${priority}|${loud}|${lost}|${size}`;
    const unit = size / this.shapes.grid;
    return this.held.get(key) || this.keep(key, 64, (pen) => this.drawPin(pen, priority, loud, lost, unit));
  }

  /** An alarm's badge by itself, on ground of its own. */
  badge(priority, loud, size) {
    const key = `badge|${priority}|${loud}|${size}`;
    const unit = size / this.shapes.grid;
    const draw = (pen) => {
      this.halo(pen, this.outline(this.shapes.badges[priority].shape, unit), unit);
      this.drawBadge(pen, priority, loud, unit);
    };
    return this.held.get(key) || this.keep(key, size + 8, draw);
  }

  keep(key, side, draw) {
    const pixels = Math.ceil(side * this.ratio);
    const canvas = new OffscreenCanvas(pixels, pixels);
    const pen = canvas.getContext('2d');
    pen.scale(this.ratio, this.ratio);
    pen.translate(side / 2, side / 2);
    pen.lineJoin = 'miter';
    draw(pen);
    const sprite = { image: canvas.transferToImageBitmap(), side: pixels / this.ratio, half: side / 2 };
    this.held.set(key, sprite);
    return sprite;
  }

  /** Copy a sprite with its middle at (x, y), on whole device pixels: sharper, and nothing to filter. */
  stamp(pen, sprite, x, y) {
    const left = Math.round((x - sprite.half) * this.ratio) / this.ratio;
    const top = Math.round((y - sprite.half) * this.ratio) / this.ratio;
    pen.drawImage(sprite.image, left, top, sprite.side, sprite.side);
  }

  drawUnit(pen, program, mark, quiet, unit) {
    const shape = this.shapes.programs[program] || this.shapes.programs.other;
    const path = this.outline(shape, unit);
    const gray = quiet || mark.struck ? this.look.muted : this.look.text;
    const color = mark.dashed && !quiet ? this.look.stale : gray;
    this.halo(pen, path, unit);
    pen.fillStyle = this.look.halo;
    pen.fill(path);
    this.fill(pen, path, mark.fill);
    this.stroke(pen, mark.dashed ? this.dashes(program, unit) : path, color, unit);
    if (mark.struck) this.strike(pen, color, unit);
  }

  fill(pen, path, fill) {
    if (fill === 'none') return;
    pen.save();
    pen.clip(path);
    pen.fillStyle = this.look.bar;
    pen.fillRect(-32, fill === 'half' ? 0 : -32, 64, 64);
    pen.restore();
  }

  strike(pen, color, unit) {
    const path = new Path2D();
    path.moveTo(-6.5 * unit, 6.5 * unit);
    path.lineTo(6.5 * unit, -6.5 * unit);
    this.stroke(pen, path, color, unit);
  }

  drawPin(pen, priority, loud, lost, unit) {
    const [x, y] = this.shapes.pin_head;
    const color = lost ? this.look.stale : this.color(priority, loud);
    const path = this.outline(this.shapes.pin, unit);
    this.halo(pen, path, unit);
    pen.fillStyle = this.look.panel;
    pen.fill(path);
    pen.setLineDash(lost ? [2.4 * unit, 1.8 * unit] : []);
    this.stroke(pen, path, color, unit);
    pen.translate(x * unit, y * unit);
    if (priority) this.drawBadge(pen, priority, loud, unit * this.shapes.pin_badge);
    else this.drawDot(pen, color, unit);
  }

  drawDot(pen, color, unit) {
    pen.fillStyle = color;
    pen.beginPath();
    pen.arc(0, 0, 2.4 * unit, 0, 2 * Math.PI);
    pen.fill();
  }

  /** The color of an alarm: none of its own without one, or once it is set aside. */
  color(priority, loud) {
    return priority && loud !== 'gray' ? this.look[`p${priority}`] : this.look.muted;
  }

  /** An alarm's badge: shape, color and number each tell the priority; one that does not call is an outline. */
  drawBadge(pen, priority, loud, unit) {
    const badge = this.shapes.badges[priority];
    const path = this.outline(badge.shape, unit);
    const full = loud === 'full';
    pen.fillStyle = full ? this.color(priority, loud) : this.look.panel;
    pen.fill(path);
    pen.setLineDash([]);
    if (!full) this.stroke(pen, path, this.color(priority, loud), unit);
    pen.fillStyle = full ? this.look.ink : this.color(priority, loud);
    pen.font = `700 ${11 * unit}px ${Sprites.FACE}`;
    const ink = pen.measureText(String(priority));
    const x = (ink.actualBoundingBoxLeft - ink.actualBoundingBoxRight) / 2;
    const y = (ink.actualBoundingBoxAscent - ink.actualBoundingBoxDescent) / 2;
    pen.fillText(String(priority), x, badge.drop * unit + y);
  }

  outline(shape, unit) {
    const path = new Path2D();
    const [first, ...rest] = shape.points;
    if (shape.radius) {
      path.arc(first[0] * unit, first[1] * unit, shape.radius * unit, 0, 2 * Math.PI);
    } else {
      path.moveTo(first[0] * unit, first[1] * unit);
      rest.forEach(([x, y]) => path.lineTo(x * unit, y * unit));
    }
    path.closePath();
    return path;
  }

  /** The outline as open lines that keep every corner, where a dash pattern would cut them at random. */
  dashes(program, unit) {
    const path = new Path2D();
    for (const line of this.shapes.dashed[program] || this.shapes.dashed.other) {
      line.forEach(([x, y], i) => (i ? path.lineTo(x * unit, y * unit) : path.moveTo(x * unit, y * unit)));
    }
    return path;
  }

  /** Two pixels of ground color around a symbol, since what lies under it varies. */
  halo(pen, path, unit) {
    pen.lineJoin = 'round';
    pen.lineWidth = this.shapes.stroke * unit + 4;
    pen.strokeStyle = this.look.halo;
    pen.stroke(path);
    pen.lineJoin = 'miter';
  }

  stroke(pen, path, color, unit) {
    pen.lineWidth = this.shapes.stroke * unit;
    pen.strokeStyle = color;
    pen.stroke(path);
  }
}

Sprites.TEAM = 19;
Sprites.OTHERS = 14;
Sprites.KEY = 12;
Sprites.BADGE = 13;
Sprites.PIN = 24;
Sprites.FACE = 'Roboto, sans-serif';
