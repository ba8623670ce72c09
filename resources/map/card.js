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
    this.mask = null;
    this.masking = '';
    this.body = document.createElement('div');
    this.listen();
  }

  listen() {
    this.element.addEventListener('pointerdown', (event) => this.press(event));
    this.element.addEventListener('keydown', (event) => this.key(event));
    this.element.addEventListener('keyup', () => this.release());
    this.element.addEventListener('focusout', () => this.release());
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

  /** Write the text anew; a mask of the same call stays, and with it the keyboard's focus. */
  fill({ id, title, lines, masked }) {
    this.body.replaceChildren(Card.text('h1', title), ...lines.map(([label, value]) => Card.row(label, value)));
    const of = JSON.stringify([id, masked]);
    if (of !== this.masking) {
      this.mask = masked.length ? Card.mask() : null;
      this.element.replaceChildren(this.body, ...(this.mask ? [this.mask] : []));
    }
    this.masking = of;
    if (this.mask) Card.cover(this.mask, masked);
  }

  static row(label, value) {
    const row = document.createElement('p');
    if (label) row.append(Card.text('span', label));
    row.append(Card.text('bdi', value));
    return row;
  }

  static mask() {
    const mask = document.createElement('div');
    mask.className = 'mask';
    mask.tabIndex = 0;
    mask.setAttribute('role', 'button');
    return mask;
  }

  static cover(mask, labels) {
    mask.setAttribute('aria-label', `${labels.join(', ')}: masked, hold Space to reveal`);
    mask.replaceChildren(...labels.map((label) => Card.row(label, '••••')), Card.text('em', 'hold to reveal'));
  }

  static text(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }

  press(event) {
    if (event.button !== 0 || !this.mask || !this.mask.contains(event.target)) return;
    event.preventDefault();
    this.hold();
  }

  key(event) {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    if (!this.mask || event.target !== this.mask) return;
    event.preventDefault();
    if (!event.repeat && !this.held) this.hold();
  }

  hold() {
    this.held = this.shown.id;
    this.ask(this.held);
  }

  /** What the mask hides, sent by the console while it is held: {id, lines}; too late is too late. */
  reveal({ id, lines }) {
    if (!this.held || this.held !== id) return;
    const rows = lines.map(([label, value]) => Card.row(label, value));
    this.mask.removeAttribute('aria-label');
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
