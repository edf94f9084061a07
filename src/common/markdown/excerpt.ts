import type { Nodes } from 'hast';
import { cutAtWord } from '../texts/cut.js';
import { markdownTree } from './markdown.js';
import { MAX_AT_ONCE } from './markdown-bounds.js';

/** The words of a markdown text without its marks, for lists, mails and search: one line, cut after a word, at most `most` characters. So much is read as may be at once. */
export function excerptOf(source: string, most = 200): string {
  const words = textOf(markdownTree(source.slice(0, MAX_AT_ONCE)))
    .replace(/\s+/g, ' ')
    .trim();
  return cutAtWord(words, most);
}

/** How much of a message a link to it shows. */
export const MESSAGE_EXCERPT = 200;
/** How much of a workshop's description search looks through and shows. */
export const WORKSHOP_EXCERPT = 1000;

/** The same for a text that names people as `<@id>`: it is kept so, since names change; one that would be cut in the middle is left out. */
export const keptExcerptOf = (source: string, most: number): string =>
  excerptOf(source, most).replace(/ ?<@?[0-9a-z-]*…$/i, '…');

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (!('children' in node)) return '';
  const inner = node.children.map(textOf).join('');
  return node.type === 'element' && INLINE.has(node.tagName) ? inner : ` ${inner} `;
}

const INLINE = new Set(['a', 'b', 'code', 'del', 'em', 'i', 'strong', 'sub', 'sup', 'span']);
