import type { Element, ElementContent, Root, RootContent } from 'hast';
import { defaultSchema, sanitize } from 'hast-util-sanitize';
import { isTooMuch, MAX_NODES } from './markdown-bounds.js';
import { treeOf } from './markdown-tokens.js';

/** What may be in a text, by name. Relative addresses are this installation's own. */
const schema: typeof defaultSchema = {
  ...defaultSchema,
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'], src: [] },
  attributes: { ...defaultSchema.attributes, a: [...(defaultSchema.attributes?.a ?? []), 'rel', 'target'] },
};

/** Headings stand under those of the page they are in: a post has no h1. */
const lower: Record<string, string> = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6' };

/** Links open elsewhere and hand on no rank; headings sink; an image from another house becomes a link to it. */
function settled<T extends RootContent | ElementContent>(node: T): T | Element {
  if (node.type !== 'element') return node;
  const element: Element = {
    ...node,
    tagName: lower[node.tagName] ?? node.tagName,
    children: node.children.map(settled),
  };
  if (element.tagName === 'img') return ourImage(element);
  if (element.tagName === 'a') {
    element.properties = {
      ...element.properties,
      rel: ['nofollow', 'noopener', 'noreferrer', 'ugc'],
      target: '_blank',
    };
  }
  return element;
}

/** A foreign image would tell its owner who reads; only a file of this installation is shown. */
function ourImage(image: Element): Element {
  const source = image.properties.src ?? '';
  if (/^\/(?![/\\])/.test(source)) return image;
  const words = image.properties.alt ?? source;
  return settled({
    type: 'element',
    tagName: 'a',
    properties: { href: source },
    children: [{ type: 'text', value: words }],
  });
}

/** A text that is shown as it was typed, and not read for its marks. */
export const AS_TYPED = 'as-typed';

/** One element however many lines it has: its style keeps the breaks. */
export const asTyped = (source: string): Root => ({
  type: 'root',
  children: [
    {
      type: 'element',
      tagName: 'p',
      properties: { className: [AS_TYPED] },
      children: [{ type: 'text', value: source }],
    },
  ],
});

/**
 * The one way from markdown to what may be shown, on the server and in the browser alike: a sanitised hast tree (no script, no style, no event handler,
 * links to http, https and mailto only). What it costs has a bound (markdown-bounds.ts); beyond it the text comes back as it was typed. Never throws.
 */
export function markdownTree(source: string): Root {
  if (isTooMuch(source)) return asTyped(source);
  try {
    const tree = treeOf(source, MAX_NODES);
    return sanitize({ ...tree, children: tree.children.map(settled) }, schema) as Root;
  } catch {
    return asTyped(source);
  }
}
