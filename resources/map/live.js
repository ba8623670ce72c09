'use strict';

/**
 * The live layer: two canvases over Leaflet, the ground and the board. The console sends what changed
 * (`apply`); one animation frame later it is drawn, and only then the message is acknowledged, so
 * that a slow page is never sent more than it can draw.
 */
class Live {
  constructor(map) {
    this.map = map;
    this.bridge = null;
    this.units = new Units();
    this.calls = new Calls();
    this.ground = new Ground();
    this.sprites = new Sprites();
    this.labels = new Labels();
    this.margin = new Margin();
    this.board = Live.empty();
    this.names = [];
    this.named = new Set();
    this.streets = new Set();
    this.pens = ['ground', 'board'].map((name) => this.layer(name));
    this.camera = new Camera(
      map,
      () => [...this.units.points(), ...this.calls.points()],
      () => this.margin.boxes(),
    );
    this.card = new Card(document.getElementById('card'), (id) => this.bridge.hold(id));
    this.pointer = new Pointer(this);
    this.asked = 0;
    this.owed = 0;
    this.moved = true;
    this.scale = 1;
    map.on('move zoom resize', () => this.want(true));
    this.face();
  }

  static empty() {
    const doubt = { units: false, calls: false, positions: false };
    const chosen = { call: '', unit: '', to: '', links: [] };
    return { now: 0, limits: { fade: 60, stale: 300 }, doubt, chosen, look: null, shapes: null, words: null };
  }

  layer(name) {
    const canvas = document.createElement('canvas');
    canvas.className = `layer ${name}`;
    this.map.getContainer().append(canvas);
    return canvas.getContext('2d', { alpha: name !== 'ground' });
  }

  /** The typeface comes after the first frame: what was measured without it is measured again. */
  face() {
    const weights = [400, 500, 700].map((weight) => document.fonts.load(`${weight} 12px ${Sprites.FACE}`));
    Promise.all(weights).then(() => {
      this.labels.widths.clear();
      this.sprites.held.clear();
      this.want(true);
    });
  }

  connect(bridge) {
    this.bridge = bridge;
    bridge.ready();
  }

  /** Take one message (console/ui/map/message.py says what it can hold). */
  apply(message) {
    if (message.fresh) this.forget();
    for (const key of ['now', 'limits', 'doubt', 'look', 'shapes', 'words']) {
      if (message[key] !== undefined) this.board[key] = message[key];
    }
    if (message.look) this.dress();
    if (message.base !== undefined) this.lay(message.base);
    this.take(message);
    if (message.notes) this.margin.note(message.notes);
    this.explain();
    if (message.card) this.show(message.card);
    this.camera.settle(false);
    if (message.chosen) this.choose(message.chosen);
    this.owe(message.number);
    this.want(Boolean(message.look || message.base));
  }

  forget() {
    this.units.forget();
    this.calls.forget();
    this.board = Live.empty();
    this.card.show(null);
  }

  take({ units, units_gone, fixes, fixes_gone, calls, calls_gone }) {
    if (units_gone) this.units.drop(units_gone);
    if (units) this.units.rows(units);
    if (fixes_gone) this.units.lift(fixes_gone);
    if (fixes) this.units.fixes(fixes);
    if (calls_gone) this.calls.drop(calls_gone);
    if (calls) this.calls.rows(calls);
  }

  explain() {
    const calls = this.calls.held.size > 0;
    this.margin.explain(this.board.words, this.sprites, this.units.programs(), calls);
  }

  dress() {
    const { look } = this.board;
    for (const [name, color] of Object.entries(look)) {
      if (typeof color === 'string') document.documentElement.style.setProperty(`--${name}`, color);
    }
    this.sprites.dress(look, this.board.shapes, window.devicePixelRatio || 1);
  }

  lay({ name, files, bounds }) {
    const corner = (lat, lon) => ({ x: Geo.x(lon), y: Geo.y(lat) });
    this.camera.home = bounds && Geo.extent([corner(bounds[0], bounds[1]), corner(bounds[2], bounds[3])]);
    if (name !== this.ground.name) this.ground.load(name, files, () => this.want(true));
  }

  choose(chosen) {
    this.board.chosen = chosen;
    const unit = this.units.find(chosen.unit);
    const call = this.calls.find(chosen.call || chosen.to);
    const linked = chosen.links.map((slot) => this.units.slots[slot]);
    const points = [call, unit, ...linked].filter((item) => item && item.wx !== undefined);
    const { picked } = this.pointer;
    const here = picked !== null && chosen[picked.kind] === picked.id;
    this.camera.choose(this.chosenKey(), points.map((item) => ({ x: item.wx, y: item.wy })), here);
    this.pointer.follow(chosen);
  }

  chosenKey() {
    const { call, unit } = this.board.chosen;
    return call || unit ? `${call}|${unit}` : '';
  }

  /** Ask the console for the card of what is pointed at or picked; without one it sends none. */
  ask() {
    const wanted = this.pointer.wanted;
    if (!wanted) this.card.show(null);
    this.bridge.look(wanted ? wanted.kind : '', wanted ? wanted.id : '');
    this.want(false);
  }

  show(card) {
    const wanted = this.pointer.wanted;
    if (Pointer.same(card, wanted)) this.card.show(card, Pointer.same(wanted, this.pointer.picked));
  }

  reveal(secret) {
    this.card.reveal(secret);
  }

  fit() {
    this.camera.fit();
  }

  /** Acknowledge once drawn. A page out of sight gets no frames, so there a timer answers. */
  owe(number) {
    this.owed = number;
    setTimeout(() => this.pay(0), 1000);
  }

  pay(cost) {
    const number = this.owed;
    this.owed = 0;
    if (number && this.bridge) this.bridge.painted(number, cost);
  }

  want(moved) {
    this.moved = this.moved || moved;
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      if (this.board.look) Picture.draw(this);
    });
  }
}

/** Called by the script that folium composes, with its map. */
function startLive(map) {
  window.live = new Live(map);
  new QWebChannel(qt.webChannelTransport, ({ objects }) => window.live.connect(objects.bridge));
}
