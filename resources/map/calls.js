'use strict';

/** The open calls: pins whose tip is the place; a call with an alarm carries its badge. */
class Calls {
  constructor() {
    this.forget();
  }

  forget() {
    this.held = new Map();
    this.seen = [];
  }

  /** Take rows [id, label, latitude and longitude in 1e-7 degrees, since, priority, loud, lost, dim]. */
  rows(rows) {
    for (const [id, label, lat, lon, since, priority, loud, lost, dim] of rows) {
      const place = { wx: Geo.x(lon / 1e7), wy: Geo.y(lat / 1e7) };
      this.held.set(id, { kind: 'call', id, label, since, priority, loud, lost, dim, ...place });
    }
  }

  drop(ids) {
    ids.forEach((id) => this.held.delete(id));
  }

  find(id) {
    return this.held.get(id);
  }

  points() {
    return Array.from(this.held.values(), (call) => ({ x: call.wx, y: call.wy }));
  }

  /** Choose what is inside the frame, and how each looks at the present second. */
  see(frame, board) {
    this.seen = [];
    for (const call of this.held.values()) {
      call.px = call.wx * frame.scale - frame.left;
      call.py = call.wy * frame.scale - frame.top;
      if (!Geo.near(call, frame, 40)) continue;
      this.dress(call, board);
      this.seen.push(call);
    }
  }

  dress(call, board) {
    call.doubtful = call.lost || board.doubt.calls;
    call.wait = call.since ? Texts.clock(board.now - call.since) : '';
    call.reach = 11;
  }

  /** Draw the pins of these priorities, in this order, so that no pin covers a worse one. */
  draw(pen, sprites, scale, priorities) {
    for (const priority of priorities) {
      for (const call of this.seen) {
        if (call.priority === priority) this.drawOne(pen, sprites, call, scale);
      }
    }
    pen.globalAlpha = 1;
  }

  drawOne(pen, sprites, call, scale) {
    const sprite = sprites.pin(call.priority, call.loud, call.doubtful, Math.round(Sprites.PIN * scale));
    pen.globalAlpha = call.dim ? 0.5 : 1;
    sprites.stamp(pen, sprite, call.x, call.y);
  }

  /** The number, and how long it waits unless that is to give way. */
  lines(call, look, brief) {
    const color = call.doubtful ? look.stale : look.text;
    const parts = [{ text: call.label, color, bold: Calls.urgent(call) }];
    if (call.wait && !brief) parts.push({ text: ` ${call.wait}`, color: call.doubtful ? look.stale : look.muted });
    return [parts];
  }

  /** Whether an alarm stands that nobody set aside. */
  static urgent({ priority, loud }) {
    return priority !== 0 && loud !== 'gray';
  }

  /** Middle of a pin's head: where its label stands and where it is pointed at. */
  head(call, scale) {
    return { x: call.x, y: call.y - Calls.HEAD * scale, reach: call.reach };
  }
}

/** Twelve pixels of the 16 px grid (ui/shapes.py), at the full size of a pin. */
Calls.HEAD = (12 * Sprites.PIN) / 16;
