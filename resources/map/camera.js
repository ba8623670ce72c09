'use strict';

/**
 * Where the map looks. It keeps everything in sight until a person moves it; from then on it never
 * moves by itself. Choosing something goes there once; choosing nothing returns to where one was.
 */
class Camera {
  constructor(map, points) {
    this.map = map;
    this.points = points;
    this.home = null;
    this.free = true;
    this.before = null;
    this.chosen = '';
    this.shown = false;
    this.looked = 0;
    this.listen();
  }

  listen() {
    const area = this.map.getContainer();
    this.map.on('dragstart boxzoomstart', () => this.gesture());
    this.map.on('resize', () => this.settle(true));
    area.addEventListener('wheel', () => this.gesture(), { passive: true });
    area.addEventListener('dblclick', () => this.gesture());
    area.addEventListener('keydown', (event) => {
      if (/^(Arrow|[+\-=_])/.test(event.key)) this.gesture();
    });
  }

  /** A person moved the map: it is theirs now, and there is nothing to return to. */
  gesture() {
    this.free = false;
    this.before = null;
  }

  /** Show everything that is drawn, else the service area, and keep it in sight from here on. */
  fit() {
    this.free = true;
    this.before = null;
    this.settle(true);
  }

  /** While nobody took the map over, keep everything in sight; move only when something is not. */
  settle(always) {
    const now = performance.now();
    const soon = this.shown && now - this.looked < Camera.LOOK_MS;
    if (!this.free || this.before || (soon && !always)) return;
    this.looked = now;
    const box = Geo.extent(this.points()) || this.home;
    if (box && (always || !this.shown || !this.inSight(box))) {
      this.shown = true;
      this.show(box, Camera.CITY);
    }
  }

  /** Follow the choice made anywhere in the console. `points` is empty when it has no place. */
  choose(key, points, picked) {
    if (key === this.chosen) return;
    this.chosen = key;
    if (!key) this.back();
    else if (points.length && !picked) this.go(points);
  }

  go(points) {
    this.before = this.before || { center: this.map.getCenter(), zoom: this.map.getZoom() };
    const box = Geo.extent(points);
    if (this.map.getZoom() < Camera.NEAR || !this.inSight(box)) this.show(box, Camera.STREET);
  }

  back() {
    const { before } = this;
    this.before = null;
    if (before) this.map.setView(before.center, before.zoom, { animate: false });
  }

  inSight(box) {
    const frame = Geo.frame(this.map);
    const inside = (value, length) => value > 8 && value < length - 8;
    return (
      inside(box.west * frame.scale - frame.left, frame.width) &&
      inside(box.east * frame.scale - frame.left, frame.width) &&
      inside(box.north * frame.scale - frame.top, frame.height) &&
      inside(box.south * frame.scale - frame.top, frame.height)
    );
  }

  show(box, most) {
    const size = this.map.getSize();
    const wide = Math.max(size.x - Camera.EDGE.left - Camera.EDGE.right, 64);
    const tall = Math.max(size.y - Camera.EDGE.top - Camera.EDGE.bottom, 64);
    const fits = Math.min(wide / (box.east - box.west || 1e-9), tall / (box.south - box.north || 1e-9));
    const zoom = Math.max(4, Math.min(most, Math.floor(Math.log2(fits / 256) * 10) / 10));
    const scale = 256 * 2 ** zoom;
    const x = (box.west + box.east) / 2 + (Camera.EDGE.right - Camera.EDGE.left) / 2 / scale;
    const y = (box.north + box.south) / 2 + (Camera.EDGE.bottom - Camera.EDGE.top) / 2 / scale;
    this.map.setView([Geo.lat(y), Geo.lon(x)], zoom, { animate: false });
  }
}

/** Room for the legend above, call-signs at the right, the scale below. */
Camera.EDGE = { left: 40, right: 90, top: 64, bottom: 44 };
/** To look through thousands of places takes milliseconds: once a second is often enough. */
Camera.LOOK_MS = 900;
Camera.CITY = 14;
Camera.STREET = 15;
Camera.NEAR = 13.5;
