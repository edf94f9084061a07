import PDFDocument from 'pdfkit';
import { buffer } from 'node:stream/consumers';
import { encode } from 'uqr';
import { type FontRun, type Weight, undrawn } from './certificate-fonts.js';
import { type VisualLine, visualLines } from './certificate-lines.js';
import type { CertificateWords } from './certificate-words.js';

const [INK, QUIET, ACCENT] = ['#14211f', '#4a5a57', '#00626b'];
const MARGIN = 72;
/** Of its size: from one line to the next. */
const LINE = 1.2;
/** The logo, or the word mark; below it the first line begins. */
const LOGO = { top: 54, width: 240, height: 56 };
const TOP = 128;
/** The code to scan, in the corner: nothing that is said comes lower than its top. */
const QR = { size: 66, inset: 14 };
const SMALLEST = 0.5;
/** The mark of the app (web/src/ui/Brand.tsx), in a square of 32. */
const ROPE = 'M5 26 16 17 27 5';
const PEOPLE = [
  [5.5, 25.5],
  [16, 17],
  [26.5, 5.8],
] as const;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
const DRAWN = { lineBreak: false, features: [] };

/** One thing that it says: how large, and how much room is below it, in lines of its own. */
type Block = [text: string, weight: Weight, size: number, color: string, gap: number];

type Page = PDFKit.PDFDocument;

/** A page, and what a screen reader reads of it. */
interface Sheet {
  page: Page;
  body: PDFKit.PDFStructureElement;
}

/** What is drawn. `lang`: the language of its words. `logo`: a PNG; null for the word mark of Cordée. */
export interface CertificateInput {
  words: CertificateWords;
  lang: string;
  logo: Uint8Array | null;
}

/** Which letters no font has, where what it attests cannot be said without them. */
export interface Undrawable {
  letters: string[];
}

/**
 * A certificate as one page of A4, lying, as the bytes of a PDF; it is read aloud in the order in which it is seen (tagged, with its language and title). What is
 * much said is said smaller, so that all of it stays on the page. It is drawn on a thread: names of many scripts need as many fonts, and seconds.
 */
export async function certificatePage({ words, lang, logo }: CertificateInput): Promise<Uint8Array | Undrawable> {
  const letters = undrawable(words);
  if (letters.length > 0) return { letters };
  const page: Page = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: MARGIN,
    lang,
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: words.pageTitle, Creator: 'Cordée', Producer: 'Cordée' },
  });
  const body = page.struct('Document');
  page.addStructure(body);
  const sheet = { page, body };
  const { width: full, height } = page.page;
  const width = full - 2 * MARGIN;
  const corner = { x: full - MARGIN / 2 - QR.inset - QR.size, y: height - MARGIN / 2 - QR.inset - QR.size };
  const frame = { x: MARGIN / 2, y: MARGIN / 2, width: full - MARGIN, height: height - MARGIN };
  asDecoration(page, () => page.rect(frame.x, frame.y, frame.width, frame.height).lineWidth(2).stroke(ACCENT));
  drawLogo(sheet, logo && Buffer.from(logo), words.logo, full);
  const blocks = blocksOf(words);
  const room = corner.y - TOP;
  let scale = 1;
  while (scale > SMALLEST && heightOf(page, blocks, scale, width) > room) scale -= 0.05;
  let top = TOP;
  for (const [index, [text, weight, points, color, gap]] of blocks.entries()) {
    const size = points * scale;
    const lines = linesOf(page, text, weight, size, width);
    asText(sheet, index === 0 ? 'H1' : 'P', text, () => {
      for (const [at, line] of lines.entries())
        writeLine(page, line, { size, color, y: top + at * size * LINE, x: MARGIN, width, along: 0.5 });
    });
    top += size * LINE * (lines.length + gap);
  }
  drawCheck(sheet, words, corner);
  body.end();
  page.end();
  return await buffer(page);
}

/** Of a name all counts. Whoever reads a title does without its pictures, and not without a letter. */
function undrawable({ name, title, cohort, hosts }: CertificateWords): string[] {
  const others = [title, cohort, hosts ?? ''].flatMap((text) => undrawn(text, 'bold'));
  return [...new Set([...undrawn(name, 'bold'), ...others.filter((one) => LETTER.test(one))])];
}

function blocksOf(words: CertificateWords): Block[] {
  return [
    [words.heading, 'bold', 28, ACCENT, 1],
    [words.before, 'regular', 13, QUIET, 0.4],
    [words.name, 'bold', 24, INK, 0.5],
    [words.attended, 'regular', 13, QUIET, 0.4],
    [words.title, 'bold', 18, INK, 0.6],
    [words.when, 'regular', 13, INK, 0.3],
    [words.duration, 'regular', 13, INK, 0.3],
    [words.cohort, 'regular', 13, INK, 0.8],
    ...(words.hosts ? [[words.hosts, 'regular', 12, QUIET, 0.3] satisfies Block] : []),
    [words.made, 'regular', 11, QUIET, 0],
  ];
}

const heightOf = (page: Page, blocks: readonly Block[], scale: number, width: number) =>
  blocks.reduce((sum, [text, weight, points, , gap]) => {
    const size = points * scale;
    return sum + size * LINE * (linesOf(page, text, weight, size, width).length + gap);
  }, 0);

const widthIn =
  (page: Page, size: number) =>
  ({ text, font }: FontRun) =>
    page.font(font).fontSize(size).widthOfString(text, DRAWN);

const linesOf = (page: Page, text: string, weight: Weight, size: number, width: number) =>
  visualLines(text, weight, width, widthIn(page, size));

/** `along`: of the room that a line leaves, how much is before it. */
interface Place {
  size: number;
  color: string;
  x: number;
  y: number;
  width: number;
  along: number;
}

function writeLine(page: Page, line: VisualLine, { size, color, x, y, width, along }: Place): void {
  const widths = line.map(widthIn(page, size));
  let left = x + (width - widths.reduce((sum, one) => sum + one, 0)) * along;
  page.fillColor(color);
  for (const [at, { text, font }] of line.entries()) {
    page
      .font(font)
      .fontSize(size)
      .text(text, left, y + size, { ...DRAWN, baseline: 'alphabetic' });
    left += widths[at] ?? 0;
  }
}

function drawLogo(sheet: Sheet, logo: Buffer | null, said: string, full: number): void {
  const { page } = sheet;
  const { top, width, height } = LOGO;
  if (logo) {
    const box = { fit: [width, height] as [number, number], align: 'center' as const, valign: 'center' as const };
    asFigure(sheet, said, () => page.image(logo, (full - width) / 2, top, box));
    return;
  }
  const line = linesOf(page, 'Cordée', 'bold', 22, width).at(0) ?? [];
  const wide = 32 + 10 + line.map(widthIn(page, 22)).reduce((sum, one) => sum + one, 0);
  const [x, y] = [(full - wide) / 2, top + (height - 32) / 2];
  asDecoration(page, () => {
    page.save().translate(x, y).path(ROPE).lineWidth(2.5).lineCap('round').lineJoin('round').stroke(ACCENT);
    for (const [across, down] of PEOPLE) page.circle(across, down, 4).fill(ACCENT);
    page.restore();
  });
  asText(sheet, 'P', 'Cordée', () =>
    writeLine(page, line, { size: 22, color: ACCENT, x: x + 42, y: y + 2, width: 0, along: 0 }),
  );
}

/** Where it is verified: in words, which lead there, and as a code to scan. */
function drawCheck(sheet: Sheet, words: CertificateWords, corner: { x: number; y: number }): void {
  const { page } = sheet;
  const width = corner.x - QR.inset - MARGIN;
  const said: [string, string][] = [
    [words.check, QUIET],
    [words.address, ACCENT],
  ];
  for (const [at, [text, color]] of said.entries()) {
    const y = corner.y + QR.size - (2 - at) * 14;
    const line = linesOf(page, text, 'regular', 10, Infinity).at(0) ?? [];
    asText(sheet, 'P', text, () => writeLine(page, line, { size: 10, color, x: MARGIN, y, width, along: 1 }));
  }
  const { data, size } = encode(words.address, { ecc: 'M', border: 0 });
  const unit = QR.size / size;
  asFigure(sheet, words.check, () => {
    for (const [y, row] of data.entries())
      for (const [x, isDark] of row.entries())
        if (isDark) page.rect(corner.x + x * unit, corner.y + y * unit, unit, unit);
    page.fill('#000');
  });
  page.link(MARGIN, corner.y, corner.x + QR.size - MARGIN, QR.size, words.address);
}

/** What a screen reader passes over. */
function asDecoration(page: Page, draw: () => void): void {
  page.markContent('Artifact', { type: 'Layout' });
  draw();
  page.endMarkedContent();
}

/** `said`: as it is read aloud, whatever the order of its pieces from left to right. */
function asText({ page, body }: Sheet, tag: 'H1' | 'P', said: string, draw: () => void): void {
  body.add(page.struct(tag, { actual: said }, draw));
}

function asFigure({ page, body }: Sheet, alt: string, draw: () => void): void {
  body.add(page.struct('Figure', { alt }, draw));
}
