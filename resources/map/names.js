'use strict';

/** Names on the ground, quiet and under everything that lives: districts first, streets close up. */
const Names = {
  PLACES: 13.25,
  STREETS: 14,
  /** Half of a name's height. */
  HALF: 5,
  WIDE: { arterial: 14, parkway: 13.25, street: 15 },

  /** What could be written in this frame: {text, font, alpha, turn, reach, spots}, and `dot` at a place. */
  plan(pen, frame, ground) {
    const areas = ground.names.filter(({ kind }) => kind === 'district' || frame.zoom >= Names.PLACES);
    const streets = ground.streets.filter(({ kind }) => frame.zoom >= (Names.WIDE[kind] || Names.STREETS));
    return [
      ...areas.map((name) => Names.area(pen, frame, name)),
      ...streets.map((street) => Names.street(pen, frame, street)).filter((name) => name),
    ];
  },

  area(pen, frame, { kind, text, wx, wy }) {
    const [x, y] = [wx * frame.scale - frame.left, wy * frame.scale - frame.top];
    const district = kind === 'district';
    const font = district ? `500 12px ${Sprites.FACE}` : `400 11px ${Sprites.FACE}`;
    const dot = kind === 'place' ? { x, y } : null;
    const spots = [{ x, y: y + (dot ? 11 : 0) }];
    return { text, font, alpha: district ? 0.5 : 0.75, turn: 0, reach: Names.reach(pen, text, font), spots, dot };
  },

  /** A street's name along its longest stretch in sight: at the middle, else at a quarter. */
  street(pen, frame, { name, points }) {
    const font = `400 10.5px ${Sprites.FACE}`;
    const reach = Names.reach(pen, name, font);
    const stretch = Names.longest(points, frame);
    if (!stretch || stretch.length < 2 * reach + 60) return null;
    return { text: name, font, alpha: 0.75, turn: stretch.turn, reach, spots: Names.spots(stretch), dot: null };
  },

  reach(pen, text, font) {
    pen.font = font;
    return pen.measureText(text).width / 2;
  },

  /**
   * Write under what is drawn already, each name once, and only where nothing stands. A name keeps its
   * place for as long as the map is not moved: a unit that passes hides it, and pushes it nowhere.
   */
  draw(pen, look, plan, labels) {
    const written = new Set();
    pen.save();
    pen.globalCompositeOperation = 'destination-over';
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.lineJoin = 'round';
    plan.filter(({ dot }) => dot).forEach(({ dot }) => Names.dot(pen, look, dot));
    for (const name of plan) {
      if (written.has(name.text) || !Names.settle(name, labels)) continue;
      written.add(name.text);
      labels.blockLine(...Names.ends(name, name.at), Names.HALF);
      Names.text(pen, look, name);
    }
    pen.restore();
    return written;
  },

  /** Whether a name can stand: where it stood, else at the first free place. */
  settle(name, labels) {
    const free = (spot) => labels.freeLine(...Names.ends(name, spot), Names.HALF);
    if (name.at) return free(name.at);
    name.at = name.spots.find(free);
    return Boolean(name.at);
  },

  ends({ turn, reach }, { x, y }) {
    const [dx, dy] = [reach * Math.cos(turn), reach * Math.sin(turn)];
    return [{ x: x - dx, y: y - dy }, { x: x + dx, y: y + dy }];
  },

  dot(pen, look, { x, y }) {
    pen.fillStyle = look.muted;
    pen.globalAlpha = 0.75;
    pen.fillRect(x - 1.5, y - 1.5, 3, 3);
  },

  /** The letters before their halo, since each goes under what is there. */
  text(pen, look, { text, font, alpha, turn, at }) {
    pen.save();
    pen.translate(at.x, at.y);
    pen.rotate(turn);
    pen.font = font;
    pen.globalAlpha = alpha;
    pen.fillStyle = look.muted;
    pen.fillText(text, 0, 0);
    pen.strokeStyle = look.land;
    pen.lineWidth = 3;
    pen.strokeText(text, 0, 0);
    pen.restore();
  },

  /** Places along a stretch: its middle, then its quarters. */
  spots({ x, y, length, turn }) {
    const shifts = [0, -0.25, 0.25].map((part) => part * length);
    return shifts.map((by) => ({ x: x + by * Math.cos(turn), y: y + by * Math.sin(turn) }));
  },

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
