import { type Word, stemsOf, wordsIn } from '../common/texts/search-words.js';
import type { Marked } from '../contracts/search.js';
import { type Wanted, indexOfRun } from './ask.js';

const LINK = /!?\[([^[\]\n]{0,200})\]\([^()\s]{0,2000}\)/g;
const MARKS = /[*_~`]{1,3}|^[#>\s]+/gm;
const SNIPPET = 240;
/** So much of the text stands before the first hit. */
const BEFORE = 60;

interface Stretch {
  from: number;
  to: number;
}

/** A message in plain words: links by their text, without the marks of markdown. Cheap, for many texts; no parser. */
export function plainOf(body: string): string {
  return body.replace(LINK, '$1').replace(MARKS, ' ').replace(/\s+/g, ' ').trim();
}

/** The text in pieces, those that were asked for marked. */
export function marked(text: string, wanted: Wanted): Marked[] {
  return piecesOf(text, hitsIn(wordsIn(text), wanted));
}

/** The part of a long text around the first hit, marked, with ellipses where it was cut. `words`: those of the text, where they were read already. */
export function snippetOf(text: string, wanted: Wanted, words: readonly Word[] = wordsIn(text)): Marked[] {
  const hits = hitsIn(words, wanted);
  if (text.length <= SNIPPET) return piecesOf(text, hits);
  const first = hits[0]?.from ?? 0;
  const from = Math.max(0, Math.min(text.length - SNIPPET, wordStart(text, first - BEFORE)));
  const to = from + SNIPPET >= text.length ? text.length : wordEnd(text, from + SNIPPET);
  const inside = hits.filter((hit) => hit.from >= from && hit.to <= to);
  const shown = piecesOf(
    text.slice(from, to),
    inside.map((hit) => ({ from: hit.from - from, to: hit.to - from })),
  );
  return [...(from > 0 ? [plain('… ')] : []), ...shown, ...(to < text.length ? [plain(' …')] : [])];
}

const plain = (text: string): Marked => ({ text, hit: false });

/** After a space where there is one near; never in the middle of a character. */
function wordStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.indexOf(' ', at);
  return space !== -1 && space - at < BEFORE / 2 ? space + 1 : wholeCharacter(text, at);
}

function wordEnd(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at);
  return at - space < BEFORE / 2 ? space : wholeCharacter(text, at);
}

const wholeCharacter = (text: string, at: number) => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at);

function piecesOf(text: string, hits: readonly Stretch[]): Marked[] {
  const pieces: Marked[] = [];
  let at = 0;
  for (const { from, to } of hits) {
    if (from > at) pieces.push(plain(text.slice(at, from)));
    pieces.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < text.length) pieces.push(plain(text.slice(at)));
  return pieces;
}

/** The stretches that were asked for, in order, those that touch joined. */
function hitsIn(words: readonly Word[], { terms, phrases, small }: Wanted): Stretch[] {
  const folded = words.map(({ word }) => word);
  const inPhrase = new Set(phrases.flat());
  const loose = terms.filter(({ word }) => !inPhrase.has(word));
  const exact = new Set([...loose.map(({ word }) => word), ...small]);
  const stems = new Set(loose.flatMap((term) => term.stems));
  const hits: Stretch[] = words.filter(
    ({ word }) => exact.has(word) || (stems.size > 0 && stemsOf(word).some((stem) => stems.has(stem))),
  );
  for (const run of phrases) {
    for (let at = indexOfRun(folded, run, 0); at !== -1; at = indexOfRun(folded, run, at + run.length)) {
      const [first, last] = [words[at], words[at + run.length - 1]];
      if (first && last) hits.push({ from: first.from, to: last.to });
    }
  }
  return joined(hits);
}

function joined(hits: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const { from, to } of [...hits].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}

/** How well a text of these words answers: forms as typed count more than other forms, at the beginning more than later, a phrase most. */
export function scoreOf(read: readonly Word[], { terms, phrases }: Wanted): number {
  const words = read.map(({ word }) => word);
  let score = phrases.length * 3;
  for (const { word, stems } of terms) {
    const places = words.flatMap((one, at) => (one === word || stemsOf(one).some((s) => stems.includes(s)) ? at : []));
    if (places.length === 0) continue;
    score += 2 + (words.includes(word) ? 1 : 0) + Math.min(places.length - 1, 3) * 0.5;
    score += 1 / (1 + (places[0] ?? 0) / 10);
  }
  const typed = terms.map(({ word }) => word);
  if (typed.length > 1 && indexOfRun(words, typed, 0) !== -1) score += 3;
  // A short text that is all about it, rather than a long one that has it somewhere.
  return Math.round((score + 2 / (1 + words.length / 20)) * 1000) / 1000;
}
