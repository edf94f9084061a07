import type { Nodes } from 'hast';
import { cutAtWord } from './cut.js';
import { markdownTree } from './markdown.js';

/** The words of a markdown text without its marks, for lists, mails and search: one line, cut after a word, at most `most` characters. */
export function excerptOf(source: string, most = 200): string {
  const words = textOf(markdownTree(source.slice(0, most * 20)))
    .replace(/\s+/g, ' ')
    .trim();
  return cutAtWord(words, most);
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (!('children' in node)) return '';
  const inner = node.children.map(textOf).join('');
  return node.type === 'element' && INLINE.has(node.tagName) ? inner : `${inner} `;
}

const INLINE = new Set(['a', 'b', 'code', 'del', 'em', 'i', 'strong', 'sub', 'sup', 'span']);
