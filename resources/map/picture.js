'use strict';

/** One frame, from the back: ground, connectors, pins, units, late pins, the choice, labels. */
const Picture = {
  /** Pixels from the middle of what is chosen to the ring around it. */
  RING: 16,
  /** So many teams and so many late calls are named in any case; more would only cover each other. */
  MOST: 60,
  /** From this rank on a label is left out where there is no room. */
  OPEN: 4,
  /** From so many symbols on 100 by 100 pixels they are drawn at a part of their size. */
  CROWDS: [[12, 0.6], [2.2, 0.8], [0, 1]],

  draw(live) {
    const begun = performance.now();
    const frame = Geo.frame(live.map);
    const [ground, board] = live.pens;
    if (frame.ratio !== live.sprites.ratio) live.dress();
    if (Picture.size(live.pens, frame) || live.moved) live.ground.draw(ground, frame, live.board.look);
    if (live.moved) live.margin.measure(frame, live.camera.shown);
    if (live.moved) live.names = Names.plan(board, frame, live.ground);
    live.moved = false;
    board.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    board.clearRect(0, 0, frame.width, frame.height);
    if (frame.width && frame.height) Picture.board(board, live, frame); // a page not laid out yet has no size
    live.pay(performance.now() - begun);
  },

  /** Fit the canvases to the map; true when that emptied them. */
  size(pens, frame) {
    const wide = Math.round(frame.width * frame.ratio);
    const tall = Math.round(frame.height * frame.ratio);
    const same = pens.every((pen) => pen.canvas.width === wide && pen.canvas.height === tall);
    if (!same) pens.forEach((pen) => Object.assign(pen.canvas, { width: wide, height: tall }));
    return !same;
  },

  board(pen, live, frame) {
    const { units, calls, board, sprites, labels } = live;
    Picture.arrange(live, frame);
    live.explain();
    Picture.leaders(pen, [...units.seen, ...calls.seen], board.look);
    const lines = Picture.lines(live, frame);
    Picture.links(pen, board.look, lines);
    calls.draw(pen, sprites, live.scale, [0]);
    units.draw(pen, sprites, live.scale);
    calls.draw(pen, sprites, live.scale, [3, 2, 1]);
    Picture.choice(pen, live);
    labels.begin(frame, board.look);
    live.margin.boxes().forEach((box) => labels.mark(box.left, box.top, box.right, box.bottom));
    lines.forEach(({ from, to }) => labels.blockLine(from, to));
    live.named = Picture.labels(pen, live);
    live.streets = Names.draw(pen, board.look, live.names, labels);
    const item = Picture.item(live, live.pointer.wanted);
    if (item) live.card.place(item.kind === 'call' ? calls.head(item, live.scale) : item, frame);
  },

  /** Find what is in the frame, how large it can be drawn, and where symbols make room for each other. */
  arrange(live, frame) {
    const { units, calls, board } = live;
    calls.see(frame, board);
    units.see(frame, board);
    const crowd = ((units.seen.length + calls.seen.length) / (frame.width * frame.height)) * 10000;
    live.scale = Picture.CROWDS.find(([from]) => crowd >= from)[1];
    Fan.pins(calls.seen);
    Fan.units(units.seen, calls.seen, live.scale);
  },

  item(live, wanted) {
    if (!wanted) return null;
    return wanted.kind === 'call' ? live.calls.find(wanted.id) : live.units.find(wanted.id);
  },

  /** From the true place to a symbol that stepped aside. */
  leaders(pen, items, look) {
    pen.beginPath();
    for (const item of items) {
      if (item.x === item.px && item.y === item.py) continue;
      pen.moveTo(item.px, item.py);
      pen.lineTo(item.x, item.y);
    }
    pen.strokeStyle = look.muted;
    pen.lineWidth = 1;
    pen.stroke();
  },

  /** Straight dashed lines from a call to its teams: which, not by what way. */
  links(pen, look, lines) {
    pen.beginPath();
    for (const { from, to } of lines) {
      pen.moveTo(from.x, from.y);
      pen.lineTo(to.x, to.y);
    }
    pen.setLineDash([5, 4]);
    for (const [color, width] of [[look.halo, 5], [look.text, 1.5]]) {
      pen.strokeStyle = color;
      pen.lineWidth = width;
      pen.stroke();
    }
    pen.setLineDash([]);
  },

  /** The lines between the chosen call and its teams, to where those are drawn or would be. */
  lines({ units, calls, board }, frame) {
    const call = calls.find(board.chosen.call || board.chosen.to);
    if (!call) return [];
    const linked = board.chosen.links.map((slot) => units.slots[slot]).filter((unit) => unit && unit.placed);
    const spot = (unit) => (unit.seen ? { x: unit.x, y: unit.y } : Picture.project(unit, frame));
    return linked.map((unit) => ({ from: Picture.project(call, frame), to: spot(unit) }));
  },

  project: (item, frame) => ({ x: item.wx * frame.scale - frame.left, y: item.wy * frame.scale - frame.top }),

  /** What is chosen, ringed, over everything else. */
  choice(pen, { units, calls, board, sprites, scale }) {
    for (const call of calls.seen) {
      if (call.id !== board.chosen.call) continue;
      Picture.ring(pen, calls.head(call, scale), board.look);
      calls.drawOne(pen, sprites, call, scale);
    }
    for (const unit of units.seen) {
      if (unit.id !== board.chosen.unit) continue;
      Picture.ring(pen, unit, board.look);
      units.drawOne(pen, sprites, unit, scale);
    }
    pen.globalAlpha = 1;
  },

  ring(pen, { x, y }, look) {
    for (const [color, width] of [[look.halo, 5], [look.focus, 1.5]]) {
      pen.beginPath();
      pen.arc(x, y, Picture.RING, 0, 2 * Math.PI);
      pen.strokeStyle = color;
      pen.lineWidth = width;
      pen.stroke();
    }
  },

  /**
   * Write labels, what matters most first: the choice, late calls, silent teams, teams, waiting calls, other
   * calls, other services. Tells the ids of what was named.
   */
  labels(pen, live) {
    const ranks = Picture.ranks(live);
    return new Set(ranks.flatMap((entries, rank) => {
      const must = rank === 0 || (rank < Picture.OPEN && entries.length <= Picture.MOST);
      return entries.filter((entry) => Picture.label(pen, live, entry, rank, must)).map(({ item }) => item.id);
    }));
  },

  label(pen, { board, labels }, { at, item, owner }, rank, must) {
    const spot = rank === 0 ? { x: at.x, y: at.y, reach: Picture.RING } : at;
    const write = (brief) => labels.write(pen, spot, owner.lines(item, board.look, brief), must);
    return write(false) || (item.kind === 'call' && write(true));
  },

  ranks({ units, calls, board, labels, scale }) {
    const ranks = [[], [], [], [], [], [], []];
    for (const call of calls.seen) {
      const at = calls.head(call, scale);
      labels.block(at.x, at.y + 4, 9);
      ranks[Picture.callRank(call, board)].push({ at, item: call, owner: calls });
    }
    for (const unit of units.seen) {
      labels.block(unit.x, unit.y, unit.team ? 8 : 6);
      if (unit.priority) labels.block(unit.x - Units.BADGE * scale, unit.y - Units.BADGE * scale, 7);
      ranks[Picture.unitRank(unit, board)].push({ at: unit, item: unit, owner: units });
    }
    return ranks;
  },

  callRank(call, { chosen }) {
    if (call.id === chosen.call) return 0;
    if (Calls.urgent(call)) return 1;
    return call.wait ? Picture.OPEN : 5;
  },

  unitRank(unit, { chosen }) {
    if (Units.chosen(unit, chosen)) return 0;
    if (unit.priority) return 1;
    if (!unit.team) return 6;
    return unit.stale ? 2 : 3;
  },
};
