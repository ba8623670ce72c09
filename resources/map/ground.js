'use strict';

/**
 * What lies under the board: water, parks and streets from GeoJSON files of the console (names: `Names`),
 * or a faint graticule where the area has no base map. Outlines become one path per kind in local
 * coordinates; a frame draws each with one transform, whatever the number of streets.
 */
class Ground {
  constructor() {
    this.forget();
  }

  forget() {
    this.name = '';
    this.paths = {};
    this.streets = [];
    this.names = [];
    this.origin = null;
    this.box = null;
  }

  /** Load the files of the base map called `name`; `done` is called after each. */
  load(name, files, done) {
    this.forget();
    this.name = name;
    files.forEach((file) => this.fetch(name, file, done));
  }

  /** XMLHttpRequest, since the scheme is deliberately closed to the fetch API. */
  fetch(name, file, done) {
    const request = new XMLHttpRequest();
    request.open('GET', `/base/${name}/${file}.geojson`);
    request.responseType = 'json';
    request.onload = () => {
      if (this.name !== name || !request.response) return;
      request.response.features.forEach((feature) => this.take(feature));
      done();
    };
    request.send();
  }

  take(feature) {
    const { kind, name } = feature.properties;
    const { type, coordinates } = feature.geometry;
    if (type === 'Point') this.place(name, coordinates);
    else if (type === 'LineString') this.street(kind, name, coordinates);
    else this.area(kind, name, type === 'Polygon' ? [coordinates] : coordinates);
  }

  place(name, [lon, lat]) {
    this.names.push({ kind: 'place', text: name, wx: Geo.x(lon), wy: Geo.y(lat) });
  }

  street(kind, name, line) {
    const points = line.map(Ground.world);
    this.trace(kind, points);
    this.streets.push({ kind, name, points });
  }

  area(kind, name, polygons) {
    const rings = polygons.flat().map((ring) => ring.map(Ground.world));
    rings.forEach((ring) => this.trace(kind, ring, true));
    const box = Geo.extent(rings.flat());
    const middle = { wx: (box.west + box.east) / 2, wy: (box.north + box.south) / 2 };
    if (name) this.names.push({ kind, text: name, ...middle });
  }

  trace(kind, points, closed) {
    this.origin = this.origin || points[0];
    const path = this.paths[kind] || (this.paths[kind] = new Path2D());
    points.forEach(({ x, y }, i) => {
      const at = [(x - this.origin.x) * Ground.UNIT, (y - this.origin.y) * Ground.UNIT];
      if (i) path.lineTo(...at);
      else path.moveTo(...at);
      this.grow(x, y);
    });
    if (closed) path.closePath();
  }

  grow(x, y) {
    const box = this.box || (this.box = { west: x, east: x, north: y, south: y });
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.north = Math.min(box.north, y);
    box.south = Math.max(box.south, y);
  }

  draw(pen, frame, look) {
    pen.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    pen.fillStyle = look.land;
    pen.fillRect(0, 0, frame.width, frame.height);
    if (!this.origin) this.graticule(pen, frame, look);
    else this.drawPaths(pen, frame, look);
  }

  drawPaths(pen, frame, look) {
    const grown = (frame.scale / Ground.UNIT) * frame.ratio;
    const x = (this.origin.x * frame.scale - frame.left) * frame.ratio;
    const y = (this.origin.y * frame.scale - frame.top) * frame.ratio;
    pen.setTransform(grown, 0, 0, grown, x, y);
    pen.lineJoin = pen.lineCap = 'round';
    for (const [kind, token] of Ground.AREAS) this.fill(pen, kind, look[token]);
    for (const [kind, token, width] of Ground.LINES) {
      pen.lineWidth = (Ground.width(width, frame.zoom) * frame.ratio) / grown;
      this.stroke(pen, kind, look[token]);
    }
  }

  fill(pen, kind, color) {
    pen.fillStyle = color;
    if (this.paths[kind]) pen.fill(this.paths[kind]);
  }

  stroke(pen, kind, color) {
    pen.strokeStyle = color;
    if (this.paths[kind]) pen.stroke(this.paths[kind]);
  }

  /** Lines of latitude and longitude at round degrees, some 120 pixels apart. */
  graticule(pen, frame, look) {
    const step = Ground.step((360 / frame.scale) * 120);
    pen.strokeStyle = look.street_minor;
    pen.lineWidth = 1;
    pen.beginPath();
    const west = Geo.lon(frame.left / frame.scale);
    const east = Geo.lon((frame.left + frame.width) / frame.scale);
    for (let lon = Math.ceil(west / step) * step; lon < east; lon += step) {
      const x = Math.round(Geo.x(lon) * frame.scale - frame.left) + 0.5;
      pen.moveTo(x, 0);
      pen.lineTo(x, frame.height);
    }
    const south = Geo.lat((frame.top + frame.height) / frame.scale);
    const north = Geo.lat(frame.top / frame.scale);
    for (let lat = Math.ceil(south / step) * step; lat < north; lat += step) {
      const y = Math.round(Geo.y(lat) * frame.scale - frame.top) + 0.5;
      pen.moveTo(0, y);
      pen.lineTo(frame.width, y);
    }
    pen.stroke();
  }

  /** The round number (1, 2, 5 times a power of ten) at or above `degrees`. */
  static step(degrees) {
    const power = 10 ** Math.floor(Math.log10(degrees));
    return [1, 2, 5, 10].find((times) => times * power >= degrees) * power;
  }

  static world([lon, lat]) {
    return { x: Geo.x(lon), y: Geo.y(lat) };
  }

  static width(base, zoom) {
    return Math.max(0.75, base * 2 ** ((zoom - 13) * 0.6));
  }
}

/** Local units per world: a pixel at zoom 12, so that a path's 32-bit numbers stay exact at street level. */
Ground.UNIT = 2 ** 20;
Ground.AREAS = [['park', 'park'], ['water', 'water']];
Ground.LINES = [
  ['street', 'street_minor', 1.5],
  ['arterial', 'street_minor', 3],
  ['parkway', 'street_major', 5.5],
];
