'use strict';

/**
 * The text box beside what is pointed at or picked. Agency data enters as textContent only. Masked
 * fields are not in the page at all: they arrive while the mask is held down, and are forgotten on
 * release.
 */
class Card {
  constructor(element, ask) {
    this.element = element;
    this.ask = ask;
    this.shown = null;
    this.held = '';
    this.listen();
  }

  listen() {
    this.element.addEventListener('pointerdown', (event) => this.press(event));
    L.DomEvent.disableClickPropagation(this.element);
    const ends = ['pointerup', 'pointercancel', 'blur'];
    ends.forEach((end) => window.addEventListener(end, () => this.release()));
    document.addEventListener('visibilitychange', () => this.release());
  }

  /** Show {kind, id, title, lines: [[label, value]], masked: [label]}; `pinned` lets it be touched. */
  show(content, pinned) {
    if (!content || !this.shown || content.id !== this.shown.id) this.release();
    this.shown = content;
    this.element.hidden = !content;
    this.element.classList.toggle('pinned', Boolean(pinned));
    if (content && !this.held) this.fill(content);
  }

  fill({ title, lines, masked }) {
    const rows = lines.map(([label, value]) => Card.row(label, value));
    this.mask = masked.length ? Card.mask(masked) : null;
    this.element.replaceChildren(Card.text('h1', title), ...rows, ...(this.mask ? [this.mask] : []));
  }

  static row(label, value) {
    const row = document.createElement('p');
    if (label) row.append(Card.text('span', label));
    row.append(Card.text('bdi', value));
    return row;
  }

  static mask(labels) {
    const mask = document.createElement('div');
    mask.className = 'mask';
    mask.append(...labels.map((label) => Card.row(label, '••••')), Card.text('em', 'hold to reveal'));
    return mask;
  }

  static text(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }

  press(event) {
    if (event.button !== 0 || !this.mask || !this.mask.contains(event.target)) return;
    event.preventDefault();
    this.held = this.shown.id;
    this.ask(this.held);
  }

  /** What the mask hides, sent by the console while it is held: {id, lines}; too late is too late. */
  reveal({ id, lines }) {
    if (!this.held || this.held !== id) return;
    const rows = lines.map(([label, value]) => Card.row(label, value));
    this.mask.replaceChildren(...rows, Card.text('em', 'shown while held, and logged'));
  }

  release() {
    if (!this.held) return;
    this.held = '';
    if (this.shown) this.fill(this.shown);
  }

  /** Stand beside a place, inside the map. */
  place(at, frame) {
    if (this.element.hidden) return;
    const wide = this.element.offsetWidth;
    const tall = this.element.offsetHeight;
    const right = at.x + 18 + wide < frame.width;
    const left = right ? at.x + 18 : Math.max(4, at.x - 18 - wide);
    const top = Math.min(Math.max(4, at.y + 14), Math.max(4, frame.height - tall - 4));
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
}
