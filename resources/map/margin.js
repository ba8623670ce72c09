'use strict';

/** What stands over the map's edge: the legend, and in a corner the scale and notes on what cannot be shown. */
class Margin {
  constructor() {
    const found = ['legend', 'notes', 'scale', 'corner'].map((id) => document.getElementById(id));
    [this.legend, this.notes, this.scale, this.corner] = found;
    this.drawn = '';
  }

  /** Where the panels stand on the map; the corner as wide as its scale can become. */
  boxes() {
    const [legend, corner] = [this.legend, this.corner].map((panel) => panel.getBoundingClientRect());
    const wide = Math.max(corner.width, Margin.LONGEST + Margin.TEXT);
    return [legend, new DOMRect(corner.x, corner.y, wide, corner.height)];
  }

  /** Words come from the console; a program is listed only when it is on the map, where nothing is there is no key. */
  explain(words, sprites, programs, calls) {
    const shown = Object.keys(words.programs).filter((name) => programs.has(name));
    const drawn = `${sprites.dressed}|${shown}|${calls}`;
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const entries = shown.map((name) => this.entry(words, sprites, name));
    const key = calls || shown.length ? [Card.text('i', words.key)] : [];
    this.legend.replaceChildren(...entries, ...key);
  }

  entry(words, sprites, name) {
    const entry = Card.text('span', words.programs[name]);
    const { available } = sprites.shapes.marks;
    const sprite = sprites.unit(name, available, !words.teams.includes(name), Sprites.KEY);
    const image = document.createElement('canvas');
    image.width = image.height = sprite.image.width;
    image.style.width = image.style.height = `${sprite.side}px`;
    image.getContext('2d').drawImage(sprite.image, 0, 0);
    entry.prepend(image);
    return entry;
  }

  /** Lines of [text, whether it is about old data]. */
  note(lines) {
    this.notes.replaceChildren(...lines.map(([text, stale]) => {
      const line = Card.text('p', text);
      line.classList.toggle('stale', stale);
      return line;
    }));
  }

  /** A map that looks at no place in particular has no scale. */
  measure(frame, placed) {
    this.scale.hidden = !placed;
    const lat = Geo.lat((frame.top + frame.height / 2) / frame.scale);
    const meters = (40075016.7 * Math.cos((lat * Math.PI) / 180)) / frame.scale;
    const [length, text] = Margin.LENGTHS.find(([size]) => size / meters <= Margin.LONGEST) || Margin.LENGTHS.at(-1);
    const width = Math.round(length / meters);
    this.scale.style.width = `${width}px`;
    this.corner.style.minWidth = `${width + Margin.TEXT}px`;
    this.scale.firstElementChild.textContent = text;
  }
}

/** Pixels of the longest scale. */
Margin.LONGEST = 100;
/** The scale's own text beside it, and the panel's padding. */
Margin.TEXT = 78;
Margin.MILE = 1609.344;
Margin.LENGTHS = [
  ...[500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.25].map((miles) => [miles * Margin.MILE, `${miles} mi`]),
  ...[500, 200, 100, 50].map((feet) => [feet * 0.3048, `${feet} ft`]),
];
