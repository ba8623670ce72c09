'use strict';

/** Durations as the rest of the console writes them: 12:41, 1 h 04, 7 min. */
const Texts = {
  clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    if (whole >= 3600) return Texts.long(whole);
    return `${Texts.two(Math.floor(whole / 60))}:${Texts.two(whole % 60)}`;
  },

  age(seconds) {
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? `${minutes} min` : Texts.long(seconds);
  },

  long(seconds) {
    const hours = Math.floor(seconds / 3600);
    if (hours < 48) return `${hours} h ${Texts.two(Math.floor((seconds % 3600) / 60))}`;
    return `${Math.floor(hours / 24)} d ${Texts.two(hours % 24)} h`;
  },

  two: (number) => String(number).padStart(2, '0'),
};
