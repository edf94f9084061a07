import type { Nodes } from 'hast';
import { markdownTree } from './markdown.js';

/** The words of a markdown text without its marks, for lists, mails and search: one line, cut after a word, at most `most` characters. */
export function excerptOf(source: string, most = 200): string {
  const words = textOf(markdownTree(source.slice(0, most * 20)))
    .replace(/\s+/g, ' ')
    .trim();
  if (words.length <= most) return words;
  const cut = words.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > most / 2 ? space : undefined).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (!('children' in node)) return '';
  const inner = node.children.map(textOf).join('');
  return node.type === 'element' && INLINE.has(node.tagName) ? inner : `${inner} `;
}

const INLINE = new Set(['a', 'b', 'code', 'del', 'em', 'i', 'strong', 'sub', 'sup', 'span']);
