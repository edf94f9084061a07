import type { AcceptedFile } from '../../calls/decisions/accepted-files.reader.js';
import { MAX_PLACES, type ProjectPlace } from '../../contracts/cohorts/places.js';
import { Craft } from '../../contracts/roles.js';

const NAME = 80;
const AGENCY = 120;
const SUMMARY = 2000;

/** The answers that {@link projectFrom} reads. */
export const ANSWERS_OF_PROPOSAL = { keys: ['crafts', 'craft'], long: true } as const;

/** The craft that an option stands for: its key where that is one, else another one. */
export const craftOf = (key: string): Craft => Craft.safeParse(key).data ?? 'other';

/** The project that a proposal would become: its known keys, its first long answer, and the crafts that it names (`crafts`, else `craft`). What it does not say is left empty. */
export function projectFrom({ known, answers, fields }: Pick<AcceptedFile, 'known' | 'answers' | 'fields'>) {
  const long = fields.find(({ key, kind }) => kind === 'long' && typeof answers[key] === 'string');
  const text = long ? answers[long.key] : '';
  const wanted = answers['crafts'] ?? answers['craft'];
  const keys = Array.isArray(wanted) ? wanted : typeof wanted === 'string' ? [wanted] : [];
  return {
    name: oneLine(known.title, NAME),
    agency: oneLine(known.agency, AGENCY),
    summary: typeof text === 'string' ? text.slice(0, SUMMARY).trim() : '',
    places: keys.slice(0, MAX_PLACES).map((key): ProjectPlace => ({ craft: craftOf(key), must: [], nice: [] })),
  };
}

/** Answers in one line, cut at a word where it is too long. */
export function oneLine(text: string | undefined, most: number): string {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trim();
}
