/** More marks (accents, points) on one letter than any language writes: what goes beyond is no letter but a way to keep a computer busy. */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/**
 * A text in which no letter bears more than 30 marks (as in the Stream-Safe Text Format of UAX #15, section 13): to normalize a longer run takes time with the
 * square of its length. Linear.
 */
export const withFewMarks = (text: string): string => text.replace(TOO_MANY_MARKS, '$1');

/** A text in normal form C, with few marks. Linear. */
export const composed = (text: string): string => withFewMarks(text).normalize('NFC');
