import joplinGfm from '@joplin/turndown-plugin-gfm';
import { Parser } from 'htmlparser2';
import Turndown from 'turndown';
import { changeOutsideCode } from '../../common/markdown/code-pieces.js';
import { withSlackEmoji } from '../slack/slack-emoji.js';

/** Texts of posts as Discourse keeps them: what was typed (`raw`), else the HTML that it made of it. `base` is where the site is. */
export interface TextsAsked {
  texts: { raw: string | null; cooked: string | null }[];
  base: string;
  /** They cost too much before: only their words. */
  isPlain?: boolean;
}

/** What turns HTML to markdown takes a time that grows with the square of these; no post of anybody is so deep. */
const MAX_DEPTH = 40;
const MAX_ELEMENTS = 5_000;

/**
 * Runs in a process of its own: the texts as markdown. Who is named stands as `<@u:name>`, and above a quotation of a post `<#t5p2 name>` with the numbers of its topic and itself:
 * which people and posts those are here, only the import knows.
 */
export function discourseTexts({ texts, base, isPlain }: TextsAsked): string[] {
  return texts.map(({ raw, cooked }) => {
    if (raw !== null) return isPlain ? raw : fromRaw(raw, base);
    return isPlain || costsTooMuch(cooked ?? '') ? wordsOf(cooked ?? '') : fromCooked(cooked ?? '', base);
  });
}

const QUOTE = /^\[quote(?:="?([^\]"]*)"?)?\](.*)$/i;
const ATTRIBUTES = /^(.*?)(?:, post:\s*(\d{1,7}))?(?:, topic:\s*(\d{1,12}))?(?:, full:.*)?$/i;

/** What was typed: markdown with marks of Discourse's own. */
export function fromRaw(raw: string, base: string): string {
  let depth = 0;
  const lines = raw
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line) => {
      const said: string[] = [];
      const [, attributes = '', after = ''] = QUOTE.exec(line) ?? [];
      let rest = line;
      if (QUOTE.test(line)) {
        depth = Math.min(depth + 1, 10);
        const [, name = '', post, topic] = ATTRIBUTES.exec(attributes) ?? [];
        const by = name.replace(/[<>]/g, '').trim();
        if (post && topic) said.push(`<#t${topic}p${post} ${by}>`);
        else if (by) said.push(`**${by}:**`);
        rest = after;
      }
      const ends = /^(.*?)\[\/quote\]\s*$/i.exec(rest);
      if (depth === 0) return [rest];
      const own = ends ? (ends[1] ?? '') : rest;
      if (own.trim() !== '' || (rest === line && !ends)) said.push(own);
      const quoted = said.map((one) => `${'> '.repeat(depth)}${one}`.trimEnd());
      if (ends) {
        depth -= 1;
        quoted.push('>'.repeat(depth));
      }
      return quoted;
    });
  return withSlackEmoji(changeOutsideCode(lines.join('\n'), (prose) => marked(prose, base))).trim();
}

const marked = (prose: string, base: string): string =>
  prose
    // The bytes of uploads are not in it.
    .replace(/!?\[([^[\]\n|]{0,300})(?:\|[^[\]\n]{0,100})?\]\(upload:\/\/[^)\s]{0,200}\)/g, '📎 $1')
    .replace(/(!\[[^[\]\n|]{0,300})\|[^[\]\n]{0,100}\]/g, '$1]')
    .replace(/\]\(\/(?!\/)/g, `](${base}/`)
    .replace(
      /^\[(?:details="?([^\]"\n]{0,200})"?|(\/details|poll[^\]\n]{0,300}|\/poll))\][ \t]*$/gim,
      (_all, title?: string) => (title ? `**${title}**` : ''),
    )
    .replace(/(^|[\s(>*_])@([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,58}[\p{L}\p{N}_])/gu, '$1<@u:$2>');

const turndown = new Turndown({
  headingStyle: 'atx',
  codeBlockStyle: 'fenced',
  emDelimiter: '*',
  bulletListMarker: '-',
});
turndown.use(joplinGfm.gfm);
turndown.remove(['script', 'style', 'svg', 'iframe', 'noscript'] as never);

/** What is asked of an element. */
interface Tag {
  nodeName: string;
  parentNode: { nodeName: string } | null;
  textContent: string | null;
  firstChild: Tag | null;
  getAttribute: (name: string) => string | null;
}
const isClassed = (node: Tag, name: string) => (node.getAttribute('class') ?? '').split(/\s+/).includes(name);
const attribute = (node: Tag, name: string) => (node.getAttribute(name) ?? '').replace(/[<>\n]/g, '');

/** What Discourse's own elements are in markdown; `content` is what is in them. */
const RULES: { is: (node: Tag) => boolean; as: (node: Tag, content: string) => string }[] = [
  {
    is: (node) =>
      node.nodeName === 'DIV' &&
      (isClassed(node, 'meta') || (isClassed(node, 'title') && node.parentNode?.nodeName === 'ASIDE')),
    as: () => '',
  },
  {
    is: (node) => node.nodeName === 'ASIDE' && isClassed(node, 'quote'),
    as: (node, content) => {
      const [post, topic] = [attribute(node, 'data-post'), attribute(node, 'data-topic')];
      const by = attribute(node, 'data-username');
      const isKnown = /^\d{1,7}$/.test(post) && /^\d{1,12}$/.test(topic);
      return `\n\n> ${isKnown ? `<#t${topic}p${post} ${by}>` : `**${by}:**`}\n${content.trim()}\n\n`;
    },
  },
  {
    is: (node) => node.nodeName === 'PRE' && node.firstChild?.nodeName === 'CODE',
    as: (node) => {
      const code = (node.textContent ?? '').replace(/\n$/, '');
      const [, language = ''] =
        /(?:^|\s)lang(?:uage)?-([\w+#-]{1,20})/.exec(node.firstChild?.getAttribute('class') ?? '') ?? [];
      const fence = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)));
      return `\n\n${fence}${language === 'auto' ? '' : language}\n${code}\n${fence}\n\n`;
    },
  },
  {
    is: (node) => node.nodeName === 'ASIDE' && isClassed(node, 'onebox'),
    as: (node) => `\n\n${attribute(node, 'data-onebox-src')}\n\n`,
  },
  {
    is: (node) => (node.nodeName === 'A' || node.nodeName === 'SPAN') && isClassed(node, 'mention'),
    as: (node) => `<@u:${(node.textContent ?? '').replace(/^@|[<>\s]/g, '')}>`,
  },
  {
    is: (node) => node.nodeName === 'IMG' && isClassed(node, 'emoji'),
    as: (node) => attribute(node, 'title') || attribute(node, 'alt'),
  },
  {
    is: (node) => node.nodeName === 'A' && isClassed(node, 'lightbox'),
    as: (node) => {
      const title = attribute(node, 'title').replace(/[[\]\\]/g, ' ');
      return `[📎 ${title}](${attribute(node, 'href').replace(/[()\s]/g, encodeURIComponent)})`;
    },
  },
];
for (const [at, { is, as }] of RULES.entries())
  turndown.addRule(`discourse-${at}`, {
    filter: (node) => is(node as unknown as Tag),
    replacement: (content, node) => as(node as unknown as Tag, content),
  });

function fromCooked(html: string, base: string): string {
  const text = turndown
    .turndown(html)
    .replace(/\]\((\/(?!\/)[^)\n]*)\)/g, `](${base}$1)`)
    .replace(/\]\(\/\//g, '](https://');
  return withSlackEmoji(text).trim();
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ', amp: '&' };

/** The words of HTML alone. Takes a time that grows with its length. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<\/?(?:p|div|li|tr|blockquote|pre|h[1-6]|br)(?=[\s/>])[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/\n{3,}/g, '\n\n')
    .trim();

class TooDeep extends Error {}

/** Ends with the element with which it is too much: what keeps open elements takes long for many of them. */
function costsTooMuch(html: string): boolean {
  let [depth, count] = [0, 0];
  const parser = new Parser({
    onopentagname: () => {
      count += 1;
      depth += 1;
      if (depth > MAX_DEPTH || count > MAX_ELEMENTS) throw new TooDeep();
    },
    onclosetag: () => void (depth -= 1),
  });
  try {
    parser.end(html);
    return false;
  } catch (error) {
    if (error instanceof TooDeep) return true;
    throw error;
  }
}
