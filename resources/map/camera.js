'use strict';

/**
 * Where the map looks. It keeps everything in sight until a person moves it; from then on it never
 * moves by itself. Choosing something goes there once; choosing nothing returns to where one was.
 */
class Camera {
  constructor(map, points, panels) {
    this.map = map;
    this.points = points;
    this.panels = panels;
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
    const points = this.points();
    const box = Geo.extent(points) || this.home;
    if (box && (always || !this.shown || !this.inSight(box))) {
      this.shown = true;
      this.show(box, Camera.CITY, points);
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
    const seen = this.inSight(box) && !this.covered(points, this.present());
    if (this.map.getZoom() < Camera.NEAR || !seen) this.show(box, Camera.STREET, points);
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

  /** Look at a box as near as can be, with as few of the points under a panel as can be. */
  show(box, most, points) {
    const views = this.edges().map((edge) => this.view(box, most, edge)).sort((a, b) => b.zoom - a.zoom);
    const costs = views.map((view) => this.covered(points, view));
    const best = views[costs.indexOf(Math.min(...costs))];
    this.map.setView([Geo.lat(best.y), Geo.lon(best.x)], best.zoom, { animate: false });
  }

  /** Room to leave on each side: for the panels none, or beside or above or below each of them. */
  edges() {
    const { x, y } = this.map.getSize();
    const [legend, corner] = this.panels();
    const { left, right, top, bottom } = Camera.EDGE;
    const above = [{ top, right }];
    if (legend.width) above.push({ top: legend.bottom + top, right }, { top, right: x - legend.left + right });
    const below = [{ bottom, left }, { bottom: y - corner.top + bottom, left }, { bottom, left: corner.right + left }];
    return above.flatMap((one) => below.map((other) => ({ ...one, ...other })));
  }

  /** The middle and zoom at which a box fills the map but for an edge. */
  view(box, most, edge) {
    const size = this.map.getSize();
    const wide = Math.max(size.x - edge.left - edge.right, Camera.LEAST);
    const tall = Math.max(size.y - edge.top - edge.bottom, Camera.LEAST);
    const fits = Math.min(wide / (box.east - box.west || 1e-9), tall / (box.south - box.north || 1e-9));
    const zoom = Math.max(4, Math.min(most, Math.floor(Math.log2(fits / 256) * 10) / 10));
    const scale = 256 * 2 ** zoom;
    const x = (box.west + box.east) / 2 + (edge.right - edge.left) / 2 / scale;
    const y = (box.north + box.south) / 2 + (edge.bottom - edge.top) / 2 / scale;
    return { x, y, zoom };
  }

  present() {
    const { lat, lng } = this.map.getCenter();
    return { x: Geo.x(lng), y: Geo.y(lat), zoom: this.map.getZoom() };
  }

  /** How many points of a view would lie under a panel. */
  covered(points, { x, y, zoom }) {
    const size = this.map.getSize();
    const scale = 256 * 2 ** zoom;
    const panels = this.panels().filter((panel) => panel.width);
    return points.filter((point) => {
      const left = (point.x - x) * scale + size.x / 2;
      const top = (point.y - y) * scale + size.y / 2;
      return panels.some((box) => Camera.under(box, left, top));
    }).length;
  }

  /** Whether a symbol at a place, or a pin with its head above it, would lie under a panel. */
  static under({ left, right, top, bottom }, x, y) {
    return x > left - 10 && x < right + 10 && y > top - 10 && y < bottom + Camera.EDGE.top;
  }
}

/** Half a symbol and some air; above, the height of a pin. */
Camera.EDGE = { left: 18, right: 18, top: 28, bottom: 18 };
/** Pixels that a fit takes at least, however small the map. */
Camera.LEAST = 32;
/** To look through thousands of places takes milliseconds: once a second is often enough. */
Camera.LOOK_MS = 900;
Camera.CITY = 14;
Camera.STREET = 15;
Camera.NEAR = 14;
