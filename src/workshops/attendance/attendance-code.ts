import { randomInt } from 'node:crypto';

/**
 * Letters and digits that nobody takes for another one, read from a screen at the other end of a room. No E: an address with 12E345
 * would be read as a number.
 */
const SIGNS = '23456789ABCDFGHJKMNPQRSTUVWXYZ';
const LENGTH = 6;

/** A new code for a workshop: 6 signs, from the source for secrets. */
export const newCode = (): string => Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');

/** The code as it is kept, however it was typed. */
export const typedCode = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');
