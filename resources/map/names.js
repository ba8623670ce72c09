'use strict';

/** Names on the ground, quiet and under everything that lives: districts first, streets close up. */
const Names = {
  PLACES: 13.25,
  STREETS: 14,
  WIDE: { arterial: 14, parkway: 13.25, street: 15 },

  draw(pen, frame, look, ground) {
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.lineJoin = 'round';
    const written = { names: new Set(), spots: [] };
    ground.names.forEach((name) => Names.area(pen, frame, look, name, written));
    ground.streets.forEach((street) => Names.street(pen, frame, look, street, written));
    pen.textAlign = 'left';
    pen.globalAlpha = 1;
  },

  area(pen, frame, look, name, written) {
    if (name.kind !== 'district' && frame.zoom < Names.PLACES) return;
    const x = name.wx * frame.scale - frame.left;
    const y = name.wy * frame.scale - frame.top + (name.kind === 'place' ? 11 : 0);
    const district = name.kind === 'district';
    pen.font = district ? `500 12px ${Sprites.FACE}` : `400 11px ${Sprites.FACE}`;
    if (name.kind === 'place') Names.dot(pen, look, x, y - 11);
    Names.text(pen, look, name.text, x, y, district ? 0.5 : 0.75);
    written.spots.push({ x, y, reach: pen.measureText(name.text).width / 2 });
  },

  dot(pen, look, x, y) {
    pen.fillStyle = look.muted;
    pen.globalAlpha = 0.75;
    pen.fillRect(x - 1.5, y - 1.5, 3, 3);
  },

  text(pen, look, text, x, y, alpha) {
    pen.globalAlpha = alpha;
    pen.strokeStyle = look.land;
    pen.lineWidth = 3;
    pen.strokeText(text, x, y);
    pen.fillStyle = look.muted;
    pen.fillText(text, x, y);
  },

  /** A street's name along its longest stretch in sight, once per street, off the names that stand. */
  street(pen, frame, look, street, written) {
    if (frame.zoom < (Names.WIDE[street.kind] || Names.STREETS) || written.names.has(street.name)) return;
    const stretch = Names.longest(street.points, frame);
    pen.font = `400 10.5px ${Sprites.FACE}`;
    const reach = pen.measureText(street.name).width / 2;
    if (!stretch || stretch.length < 2 * reach + 60) return;
    const spot = Names.spots(stretch).find((place) => Names.free(place, reach, written.spots));
    if (!spot) return;
    written.names.add(street.name);
    written.spots.push({ ...spot, reach });
    pen.save();
    pen.translate(spot.x, spot.y);
    pen.rotate(stretch.turn);
    Names.text(pen, look, street.name, 0, 0, 0.75);
    pen.restore();
  },

  /** Places along a stretch: its middle, then its quarters. */
  spots({ x, y, length, turn }) {
    const shifts = [0, -0.25, 0.25].map((part) => part * length);
    return shifts.map((by) => ({ x: x + by * Math.cos(turn), y: y + by * Math.sin(turn) }));
  },

  free: (spot, reach, others) =>
    others.every((at) => Math.hypot(at.x - spot.x, at.y - spot.y) > at.reach + reach),

  longest(points, frame) {
    const spots = points.map(({ x, y }) => [x * frame.scale - frame.left, y * frame.scale - frame.top]);
    let best = null;
    for (let i = 1; i < spots.length; i += 1) {
      const part = Names.clip(spots[i - 1], spots[i], frame);
      if (part && (!best || part.length > best.length)) best = part;
    }
    return best;
  },

  /** The part of a straight piece that is inside the frame (Liang and Barsky): middle, length, turn. */
  clip([ax, ay], [bx, by], frame) {
    const [dx, dy] = [bx - ax, by - ay];
    let [from, to] = [0, 1];
    for (const [step, room] of [[-dx, ax], [dx, frame.width - ax], [-dy, ay], [dy, frame.height - ay]]) {
      if (step === 0 && room < 0) return null;
      if (step < 0) from = Math.max(from, room / step);
      if (step > 0) to = Math.min(to, room / step);
    }
    if (from >= to) return null;
    const middle = (from + to) / 2;
    const length = Math.hypot(dx, dy) * (to - from);
    const turn = Math.atan(dy / (dx || 1e-9));
    return { x: ax + dx * middle, y: ay + dy * middle, length, turn };
  },
};
