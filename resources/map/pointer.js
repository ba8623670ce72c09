'use strict';

/** The mouse over the map: what it points at, and what it picks. Moving it chooses nothing. */
class Pointer {
  constructor(live) {
    this.live = live;
    this.pointed = null;
    this.picked = null;
    this.timer = 0;
    const { map } = live;
    map.on('mousemove', (event) => this.move(event.containerPoint));
    map.on('mouseout dragstart', () => this.point(null));
    map.on('click', (event) => this.pick(this.hit(event.containerPoint)));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.pick(null);
    });
  }

  /** The thing whose card is wanted. */
  get wanted() {
    return this.pointed || this.picked;
  }

  move(at) {
    const hit = this.hit(at);
    this.live.map.getContainer().classList.toggle('pointing', Boolean(hit));
    clearTimeout(this.timer);
    if (Pointer.same(hit, this.pointed)) return;
    if (!hit) this.point(null);
    else this.timer = setTimeout(() => this.point(hit), Pointer.DWELL);
  }

  point(item) {
    clearTimeout(this.timer);
    if (Pointer.same(item, this.pointed)) return;
    this.pointed = item && { kind: item.kind, id: item.id };
    this.live.ask();
  }

  /** Choose a thing everywhere in the console; picking it again, or the ground, chooses nothing. */
  pick(item) {
    const chosen = item && !Pointer.same(item, this.picked) ? item : null;
    if (!chosen && !this.picked && !this.live.chosenKey()) return;
    this.picked = chosen && { kind: chosen.kind, id: chosen.id };
    this.pointed = null;
    this.live.bridge.pick(chosen ? chosen.kind : '', chosen ? chosen.id : '');
    this.live.ask();
  }

  /** The choice was made elsewhere: the card of what was picked here goes. */
  follow(chosen) {
    const id = this.picked && chosen[this.picked.kind];
    if (this.picked && id !== this.picked.id) {
      this.picked = null;
      this.live.ask();
    }
  }

  /** The unit or pin nearest to a place, within reach; teams before other services. */
  hit(at) {
    const { units, calls, scale } = this.live;
    const less = (item) => (item.team === false ? 3 : 0);
    const near = (x, y, item) => ({ item, far: Math.hypot(x - at.x, y - at.y) + less(item) });
    const all = [
      ...units.seen.map((unit) => near(unit.x, unit.y, unit)),
      ...calls.seen.map((call) => near(call.x, calls.head(call, scale).y, call)),
    ];
    const best = all.reduce((a, b) => (b.far < a.far ? b : a), { far: Pointer.REACH, item: null });
    return best.item;
  }

  static same(a, b) {
    return a === b || Boolean(a && b && a.kind === b.kind && a.id === b.id);
  }
}

Pointer.DWELL = 120;
/** Half of a 28 px target. */
Pointer.REACH = 14;
