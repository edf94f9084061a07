import * as english from 'chrono-node/en';
import * as french from 'chrono-node/fr';
import type { ParsedResult } from 'chrono-node';
import { Temporal } from 'temporal-polyfill';
import { instantAt } from '../../../../../src/common/times/zoned';

/** What somebody wants to be reminded of, and when. */
export interface Wish {
  at: string;
  text: string;
}

const ME = /^\s*(me|moi|que je)\b\s*/i;
const LEAD = /^(?:[\s,:;-]|to\b|that\b|about\b|de\b|d['’]|que\b|h\b)+/i;
const TAIL = /[\s,:;-]+$/;
const MORNING = '09:00';

/**
 * Reads "me in 20 min to call Léo", "tomorrow at 9 …", "dans 20 min …", "demain à 9 h …", in English and French, on the clock of a zone.
 * Without an hour nine in the morning is meant. Null when no time to come is found.
 */
export function readWish(typed: string, zone: string, now: number): Wish | null {
  const words = typed
    .replace(ME, '')
    .replace(/(\d)[\s\u00a0\u202f]+h\b/gi, '$1h')
    .replace(/une demi-heure/gi, '30 minutes');
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const reference = { instant: new Date(now), timezone: here.offsetNanoseconds / 60e9 };
  const results = [english, french].flatMap(({ parse }) => parse(words, reference, { forwardDate: true }));
  const found = results.sort((a, b) => placeOf(a, words) - placeOf(b, words) || b.text.length - a.text.length)[0];
  if (!found) return null;
  const at = instantOf(found, zone);
  if (at.getTime() <= now) return null;
  const before = words
    .slice(0, found.index)
    .replace(LEAD, '')
    .replace(/\b(le|on|at|à)\s*$/i, '');
  const after = words.slice(found.index + found.text.length).replace(LEAD, '');
  const text = `${before.replace(TAIL, '')} ${after.replace(TAIL, '')}`.trim();
  return { at: at.toISOString(), text };
}

/** The time stands at the beginning or at the end; one in the middle is part of what is to be done. */
function placeOf({ index, text }: ParsedResult, words: string): number {
  if (
    words
      .slice(0, index)
      .replace(/\b(le|on|at|à)\s*$/i, '')
      .trim() === ''
  )
    return 0;
  return words.slice(index + text.length).trim() === '' ? 1 : 2;
}

function instantOf({ start }: ParsedResult, zone: string): Date {
  // "In 20 minutes" is so long from now, whatever the clock on the wall does.
  if (start.isCertain('timezoneOffset')) return start.date();
  const two = (part: 'month' | 'day' | 'hour' | 'minute') => String(start.get(part) ?? 0).padStart(2, '0');
  const day = `${start.get('year') ?? 0}-${two('month')}-${two('day')}`;
  return instantAt(day, start.isCertain('hour') ? `${two('hour')}:${two('minute')}` : MORNING, zone);
}
