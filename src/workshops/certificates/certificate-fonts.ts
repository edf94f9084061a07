import { type Font, create } from 'fontkit';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { allowMissingAnchors } from './missing-anchors.js';

/** The two weights of a certificate. */
export type Weight = 'regular' | 'bold';

const files = createRequire(import.meta.url);
const noto = (script: string) => ({
  regular: files.resolve(`@fontsource/noto-sans-${script}/files/noto-sans-${script}-${script}-400-normal.woff`),
  bold: files.resolve(`@fontsource/noto-sans-${script}/files/noto-sans-${script}-${script}-700-normal.woff`),
});
const dejaVu = (file: string) => files.resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`);
/** These packages name no file; they lie beside their code. */
const eastAsian = (language: string, name: string) => {
  const path = (style: string) =>
    join(dirname(files.resolve(`@embedpdf/fonts-${language}`)), `../fonts/${name}-${style}.otf`);
  return { regular: path('Regular'), bold: path('Bold') };
};
const emoji = files.resolve('@fontsource/noto-emoji/files/noto-emoji-emoji-400-normal.woff');

/**
 * In the order in which they are asked: Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian and Lao; those of South Asia and Africa; then Korean, Japanese and Chinese, and what of that mainland China alone writes so; then others.
 * Each is read when the first certificate needs it. Burmese is not among them: fontkit does not put its vowels where they belong.
 */
const FONTS: readonly Record<Weight, string>[] = [
  { regular: dejaVu('DejaVuSans'), bold: dejaVu('DejaVuSans-Bold') },
  ...['devanagari', 'bengali', 'tamil', 'thai', 'ethiopic'].map(noto),
  ...['telugu', 'gujarati', 'kannada', 'malayalam', 'oriya', 'gurmukhi', 'khmer', 'sinhala'].map(noto),
  eastAsian('kr', 'NotoSansKR'),
  eastAsian('sc', 'NotoSansHans'),
  { regular: emoji, bold: emoji },
];
/** A picture that a text font has, too, in another style than the pictures beside it. */
const PICTURE = /\p{Emoji_Presentation}|\u{fe0f}/u;
/** Says how the letter before it is drawn; without a glyph of its own nothing is missing. */
const UNSEEN = /^[\p{Variation_Selector}\p{Cf}]$/u;

const read = new Map<string, Font>();
function fontOf(path: string): Font {
  const known = read.get(path);
  if (known) return known;
  const font = create(readFileSync(path)) as Font;
  allowMissingAnchors(font);
  read.set(path, font);
  return font;
}

/** A piece of text that one font draws. */
export interface FontRun {
  text: string;
  /** The path of its file. */
  font: string;
}

/** Text in pieces, each in a font that has all of its letters. What no font has is left out: it would be a box. */
export function fontRuns(text: string, weight: Weight): FontRun[] {
  const runs: FontRun[] = [];
  for (const piece of piecesOf(text, weight)) {
    const last = runs.at(-1);
    if (typeof piece === 'string') continue;
    if (last?.font === piece.font) last.text += piece.text;
    else runs.push(piece);
  }
  return runs;
}

/** What no font has of a text, each once. */
export const undrawn = (text: string, weight: Weight): string[] => [
  ...new Set(piecesOf(text, weight).filter((piece) => typeof piece === 'string')),
];

/** As few as can be drawn by one font each; as a string, one that none can. */
function piecesOf(text: string, weight: Weight): (FontRun | string)[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), ({ segment }) => {
    const whole = drawn(segment, weight);
    if (whole) return [whole];
    const letters = Array.from(segment).filter((letter) => letter === segment || !UNSEEN.test(letter));
    return letters.map((letter) => drawn(letter, weight) ?? letter);
  }).flat();
}

/** As it is written; plain where only the style of it is in no font (𝓙). */
function drawn(letters: string, weight: Weight): FontRun | undefined {
  for (const text of [letters, letters.normalize('NFKC')]) {
    const font = fontFor(text, weight);
    if (font) return { text, font };
  }
  return undefined;
}

function fontFor(letters: string, weight: Weight): string | undefined {
  const needed = Array.from(letters)
    .filter((one) => !UNSEEN.test(one))
    .map((one) => one.codePointAt(0) ?? 0);
  const order = PICTURE.test(letters) ? [...FONTS].reverse() : FONTS;
  return order
    .map((font) => font[weight])
    .find((path) => needed.every((codePoint) => fontOf(path).hasGlyphForCodePoint(codePoint)));
}
