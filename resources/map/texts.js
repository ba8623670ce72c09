'use strict';

/** Durations as the rest of the console writes them: 12:41, 1 h 04, 7 min. */
const Texts = {
  clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    if (whole >= 3600) return `${Math.floor(whole / 3600)} h ${Texts.two(Math.floor((whole % 3600) / 60))}`;
    return `${Texts.two(Math.floor(whole / 60))}:${Texts.two(whole % 60)}`;
  },

  age(seconds) {
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${Texts.two(minutes % 60)}`;
  },

  two: (number) => String(number).padStart(2, '0'),
};
