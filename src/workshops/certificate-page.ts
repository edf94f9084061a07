import PDFDocument from 'pdfkit';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import type { CertificateWords } from './certificate-words.js';

const fonts = createRequire(import.meta.url);
/** With the letters of all of Europe, so that a name is what it is. */
const [REGULAR, BOLD] = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
  fonts.resolve(`dejavu-fonts-ttf/ttf/${file}`),
) as [string, string];
const [INK, QUIET, ACCENT] = ['#14211f', '#4a5a57', '#00626b'];
const MARGIN = 72;

/** A certificate as one page of A4, lying; it is read aloud in the order in which it is seen (tagged, with its language and title). */
export function certificatePage(words: CertificateWords, lang: string): Readable {
  const page = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: MARGIN,
    lang,
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: words.pageTitle, Creator: 'Cordée', Producer: 'Cordée' },
  });
  const width = page.page.width - 2 * MARGIN;
  const write = (text: string, font: string, size: number, color: string, gap: number) =>
    page.font(font).fontSize(size).fillColor(color).text(text, { width, align: 'center' }).moveDown(gap);
  page
    .rect(MARGIN / 2, MARGIN / 2, page.page.width - MARGIN, page.page.height - MARGIN)
    .lineWidth(2)
    .stroke(ACCENT);
  page.y = 140;
  write(words.heading, BOLD, 28, ACCENT, 1);
  write(words.before, REGULAR, 13, QUIET, 0.4);
  write(words.name, BOLD, 24, INK, 0.5);
  write(words.attended, REGULAR, 13, QUIET, 0.4);
  write(words.title, BOLD, 18, INK, 0.6);
  write(words.when, REGULAR, 13, INK, 0.3);
  write(words.cohort, REGULAR, 13, INK, 0.8);
  if (words.hosts) write(words.hosts, REGULAR, 12, QUIET, 0.3);
  write(words.made, REGULAR, 11, QUIET, 0);
  page.end();
  return page;
}
