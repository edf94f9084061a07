import { Parser } from 'htmlparser2';
import { VISIBLE } from '../../contracts/primitives.js';
import { cutAtWord } from './cut.js';

/** What a page says of itself, in one line each; `description` and `site` may be empty. */
export interface PageWords {
  title: string;
  description: string;
  site: string;
}

const MOST = { title: 200, description: 300, site: 80 } as const;
/** Longer than anything that is shown, so that little work is done on a text that goes on for ever. */
const LOOKED_AT = 4000;
/** A page whose elements stand deeper in each other says nothing that is shown, and takes the reader the longer the deeper it gets. */
const MAX_DEPTH = 200;
const PIECE = 4096;
/** A page names its charset in its first 1024 bytes (HTML, section 4.2.5.4). */
const CHARSET_WITHIN = 1024;
/** Control characters, those that turn the direction of writing too, and what shows nothing, but for what joins letters and emoji. */
const CONTROL_OR_SPACE = /(?:[\p{Cc}\p{Zl}\p{Zp}\s]|(?![\u200c\u200d])\p{Cf})+/gu;

/** Reads the head of a page (Open Graph first, then what HTML itself has). Null for one that has no title. Never throws. */
export function pageWords(body: Buffer, contentType: string): PageWords | null {
  const { title, meta } = headOf(decoded(body, contentType));
  const first = (...names: string[]) => names.map((name) => meta.get(name) ?? '').find((words) => words.trim() !== '');
  const words = {
    title: lineOf(first('og:title', 'twitter:title') ?? title, MOST.title),
    description: lineOf(first('og:description', 'description', 'twitter:description') ?? '', MOST.description),
    site: lineOf(first('og:site_name') ?? '', MOST.site),
  };
  return VISIBLE.test(words.title) ? words : null;
}

interface Head {
  title: string;
  meta: Map<string, string>;
  charset: string | null;
}

/** The first title and the first of each `<meta>`; what is in the body counts for nothing, and is not read. */
function headOf(html: string): Head {
  const head: Head = { title: '', meta: new Map(), charset: null };
  let place: 'head' | 'title' | 'past' = 'head';
  let depth = 0;
  const isPast = () => place === 'past';
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (name === 'body') place = 'past';
      if (place === 'past') return;
      if (name === 'title' && head.title === '') place = 'title';
      if (name === 'meta') takeMeta(head, attributes);
    },
    ontext(text) {
      if (place === 'title' && head.title.length < LOOKED_AT) head.title += text;
    },
    onclosetag(name) {
      depth -= 1;
      if (name === 'title' && place === 'title') place = 'head';
      if (name === 'head') place = 'past';
    },
  });
  for (let at = 0; at < html.length && !isPast() && depth < MAX_DEPTH; at += PIECE)
    parser.write(html.slice(at, at + PIECE));
  parser.end();
  return head;
}

function takeMeta(head: Head, attributes: Readonly<Record<string, string>>): void {
  const { charset, content = '' } = attributes;
  const name = (attributes.property ?? attributes.name ?? '').trim().toLowerCase();
  if (name !== '' && !head.meta.has(name)) head.meta.set(name, content.slice(0, LOOKED_AT));
  const isType = attributes['http-equiv']?.trim().toLowerCase() === 'content-type';
  head.charset ??= charset ?? (isType ? charsetIn(content) : null);
}

const charsetIn = (type: string) => /charset\s*=\s*"?([\w.:-]+)/i.exec(type)?.[1] ?? null;

/** The text by the charset that the answer names, else the page, else UTF-8; what is not in it becomes a sign for that. */
function decoded(body: Buffer, contentType: string): string {
  const beginning = body.subarray(0, CHARSET_WITHIN).toString('latin1');
  const charset = charsetIn(contentType) ?? headOf(beginning).charset ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

/** One line, cut after a word. */
function lineOf(text: string, most: number): string {
  const line = text
    .slice(0, LOOKED_AT)
    .replace(/\p{Surrogate}/gu, '')
    .normalize('NFC')
    .replace(CONTROL_OR_SPACE, ' ')
    .trim();
  return cutAtWord(line, most);
}
