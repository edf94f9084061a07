import { type Font, create } from 'fontkit';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The two weights of a certificate. */
export type Weight = 'regular' | 'bold';

const files = createRequire(import.meta.url);
const noto = (script: string) => ({
  regular: files.resolve(`@fontsource/noto-sans-${script}/files/noto-sans-${script}-${script}-400-normal.woff`),
  bold: files.resolve(`@fontsource/noto-sans-${script}/files/noto-sans-${script}-${script}-700-normal.woff`),
});
const dejaVu = (file: string) => files.resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`);
/** The package names no file; they lie beside its code. */
const eastAsian = (style: string) =>
  join(dirname(files.resolve('@embedpdf/fonts-kr')), `../fonts/NotoSansKR-${style}.otf`);
const emoji = files.resolve('@fontsource/noto-emoji/files/noto-emoji-emoji-400-normal.woff');

/**
 * In the order in which they are asked: Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian and Georgian; then Chinese, Japanese and Korean; then others.
 * Each is read when the first certificate needs it.
 */
const FONTS: readonly Record<Weight, string>[] = [
  { regular: dejaVu('DejaVuSans'), bold: dejaVu('DejaVuSans-Bold') },
  ...['devanagari', 'bengali', 'tamil', 'thai', 'ethiopic'].map(noto),
  { regular: eastAsian('Regular'), bold: eastAsian('Bold') },
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
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    const whole = fontFor(segment, weight);
    for (const letter of whole ? [segment] : Array.from(segment)) {
      const font = whole ?? fontFor(letter, weight);
      if (!font || (letter !== segment && UNSEEN.test(letter))) continue;
      const last = runs.at(-1);
      if (last?.font === font) last.text += letter;
      else runs.push({ text: letter, font });
    }
  }
  return runs;
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
