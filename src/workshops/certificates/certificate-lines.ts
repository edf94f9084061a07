import bidiFactory from 'bidi-js';
import { type FontRun, type Weight, fontRuns } from './certificate-fonts.js';

const bidi = bidiFactory();

/** A line in the order in which it is seen, from left to right. */
export type VisualLine = FontRun[];

/**
 * Breaks a text into lines that fit, between words (in any language), and puts each line into the order in which it is read: names in Arabic or Hebrew
 * run from right to left, also within other words. `widthOf`: of a piece, in points.
 */
export function visualLines(
  text: string,
  weight: Weight,
  width: number,
  widthOf: (run: FontRun) => number,
): VisualLine[] {
  const measured = (part: string) => fontRuns(part, weight).reduce((sum, run) => sum + widthOf(run), 0);
  const lines: string[] = [''];
  for (const part of partsOf(text)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && measured((line + part).trimEnd()) > width) lines.push(part.trimStart());
    else lines[lines.length - 1] = line + part;
  }
  return lines.map((line) => inOrder(line.trim(), weight));
}

/** Words with the signs and spaces behind them. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    const last = parts.length - 1;
    const opens = /^[\p{Ps}\p{Pi}«]/u.test(segment);
    const before = parts[last];
    if (before !== undefined && !opens && (!isWordLike || /[\p{Ps}\p{Pi}«\u00a0]$/u.test(before)))
      parts[last] = before + segment;
    else parts.push(segment);
  }
  return parts;
}

/** By the levels of the bidirectional algorithm (UAX 9, rule L2), piece by piece: within a piece the font turns the letters. */
function inOrder(written: string, weight: Weight): VisualLine {
  const { levels } = bidi.getEmbeddingLevels(written);
  const mirrored = bidi.getMirroredCharactersMap(written, levels);
  const line = Array.from({ length: written.length }, (_, at) => mirrored.get(at) ?? written.charAt(at)).join('');
  const pieces: { level: number; run: FontRun }[] = [];
  let start = 0;
  for (let at = 1; at <= line.length; at += 1) {
    if (at < line.length && levels[at] === levels[start]) continue;
    const level = levels[start] ?? 0;
    pieces.push(...fontRuns(line.slice(start, at), weight).map((run) => ({ level, run })));
    start = at;
  }
  for (let level = Math.max(0, ...pieces.map((one) => one.level)); level > 0; level -= 1) {
    for (let at = 0; at < pieces.length; at += 1) {
      let end = at;
      while ((pieces[end]?.level ?? -1) >= level) end += 1;
      if (end > at) pieces.splice(at, end - at, ...pieces.slice(at, end).reverse());
      at = Math.max(at, end);
    }
  }
  return pieces.map(({ run }) => run);
}
