'use strict';

/**
 * Web Mercator as plain numbers. World coordinates run from 0 to 1, so that a frame projects a point
 * by one multiplication and one subtraction, without an object per point.
 */
const Geo = {
  x: (lon) => lon / 360 + 0.5,

  y(lat) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  },

  lon: (x) => (x - 0.5) * 360,

  lat: (y) => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI,

  /** What the map shows now, in CSS pixels from the top left corner of the map. */
  frame(map) {
    const zoom = map.getZoom();
    const corner = map.getPixelOrigin().subtract(L.DomUtil.getPosition(map.getPane('mapPane')));
    const size = map.getSize();
    return {
      zoom,
      scale: 256 * 2 ** zoom,
      left: corner.x,
      top: corner.y,
      width: size.x,
      height: size.y,
      ratio: window.devicePixelRatio || 1,
    };
  },

  /** Whether a projected item is inside the frame, or within so many pixels of it. */
  near: ({ px, py }, { width, height }, room) =>
    px > -room && py > -room && px < width + room && py < height + room,

  /** Smallest box around the points, leaving out what lies absurdly far from most of them. */
  extent(points) {
    if (!points.length) return null;
    const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
    const x = middle(points.map((point) => point.x));
    const y = middle(points.map((point) => point.y));
    const near = points.filter((p) => Math.abs(p.x - x) < Geo.FAR && Math.abs(p.y - y) < Geo.FAR);
    const xs = near.map((point) => point.x);
    const ys = near.map((point) => point.y);
    return { west: low(xs), east: high(xs), north: low(ys), south: high(ys) };
  },

  /** About 4 degrees: one wild fix must not shrink a city to a dot. */
  FAR: 0.012,
};

const low = (values) => values.reduce((a, b) => (b < a ? b : a), Infinity);
const high = (values) => values.reduce((a, b) => (b > a ? b : a), -Infinity);
