'use strict';

/**
 * Symbols at one place step apart, so that each can be seen and pointed at. Positions stay true on
 * the ground: a thin line leads from the place to each symbol that stepped aside.
 */
const Fan = {
  /** Symbols nearer to each other than this many pixels are at one place. */
  NEAR: 9,
  STEP: 13,
  /** In a greater crowd nothing would be gained by moving symbols about. */
  CROWD: 400,
  MOST: 8,

  /** Set `x`, `y` of each item from its `px`, `py`: off each other, and off the pins, set before. */
  units(items, pins, scale) {
    items.forEach(Fan.settle);
    if (items.length > Fan.CROWD) return;
    for (const group of Fan.groups(items)) {
      const reach = group.length > 1 && group.length <= Fan.MOST ? Fan.ring(group) : 0;
      const pin = pins.find((one) => Fan.covers(one, group[0], scale));
      if (pin) Fan.aside(pin, group, reach);
    }
  },

  /** Whether a unit at its true place would cover a pin's tip or head. */
  covers(pin, { px, py }, scale) {
    const [x, y] = [Math.abs(px - pin.x), py - pin.y];
    return x < Fan.NEAR + 3 && y > -Calls.HEAD * scale - Fan.NEAR && y < Fan.NEAR;
  },

  /** What is at the tip steps under it, what is at the head beside it. */
  aside(pin, group, reach) {
    const [{ px, py }] = group;
    const room = Fan.STEP + 7 + reach;
    const side = px < pin.x ? pin.x - room - px : pin.x + room - px;
    if (py > pin.y - Fan.NEAR) group.forEach((item) => Fan.move(item, 0, pin.y + Fan.STEP + reach - py));
    else group.forEach((item) => Fan.move(item, side, 0));
  },

  /** Pins at one place stand side by side. */
  pins(items) {
    items.forEach(Fan.settle);
    if (items.length > Fan.CROWD) return;
    for (const group of Fan.groups(items)) {
      if (group.length > Fan.MOST) continue;
      group.forEach((item, i) => Fan.move(item, (i - (group.length - 1) / 2) * 18, 0));
    }
  },

  settle(item) {
    item.x = item.px;
    item.y = item.py;
  },

  move(item, x, y) {
    item.x += x;
    item.y += y;
  },

  /** Spread a group over a circle around its place; tells the circle's radius. */
  ring(group) {
    const reach = Fan.STEP * Math.max(1, group.length / 4);
    group.forEach((item, i) => {
      const turn = (2 * Math.PI * i) / group.length + Math.PI;
      Fan.move(item, reach * Math.cos(turn), reach * Math.sin(turn));
    });
    return reach;
  },

  /** Items by place: each group is led by its first item, and holds those near to that one. */
  groups(items) {
    const places = new Map();
    const groups = [];
    for (const item of items) {
      const home = Fan.around(places, item);
      if (home) home.push(item);
      else groups.push(Fan.open(places, item));
    }
    return groups;
  },

  open(places, item) {
    const group = [item];
    places.set(Fan.cell(item.px, item.py), group);
    return group;
  },

  around(places, item) {
    for (const dx of [0, -Fan.NEAR, Fan.NEAR]) {
      for (const dy of [0, -Fan.NEAR, Fan.NEAR]) {
        const group = places.get(Fan.cell(item.px + dx, item.py + dy));
        if (group && Fan.close(group[0], item)) return group;
      }
    }
    return null;
  },

  close: (a, b) => Math.abs(a.px - b.px) < Fan.NEAR && Math.abs(a.py - b.py) < Fan.NEAR,

  cell: (x, y) => Math.floor(x / Fan.NEAR) * 65536 + Math.floor(y / Fan.NEAR),
};
