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

/** Images that one text shows, as many as a message has files: readers ask for each by their own cookie, and have so many reads of files in a minute. */
const MAX_IMAGES = 10;
/** An upload, or a preview of it. What else lies under our own address makes something as it is asked for, or counts: nobody's text asks for it. */
const UPLOAD = /^\/files\/uploads\/[0-9a-f]{24}(\/small|\/large)?$/;

/** How what was written stands among what the page says: one for each text. */
class Settling {
  private images = 0;

  /** Links open elsewhere and hand on no rank; headings sink; an image that is not shown becomes a link to it. */
  settled = <T extends RootContent | ElementContent>(node: T): T | Element => {
    if (node.type !== 'element') return node;
    const element: Element = {
      ...node,
      tagName: lower[node.tagName] ?? node.tagName,
      children: node.children.map(this.settled),
    };
    if (element.tagName === 'img') return this.image(element);
    if (element.tagName === 'a') {
      element.properties = {
        ...element.properties,
        rel: ['nofollow', 'noopener', 'noreferrer', 'ugc'],
        target: '_blank',
      };
    }
    return element;
  };

  /** A foreign image would tell its owner who reads; only an upload of this installation is shown. */
  private image(image: Element): Element {
    const source = image.properties.src ?? '';
    if (UPLOAD.test(source) && this.images < MAX_IMAGES) {
      this.images += 1;
      return image;
    }
    return this.settled({
      type: 'element',
      tagName: 'a',
      properties: { href: source },
      children: [{ type: 'text', value: image.properties.alt ?? source }],
    });
  }
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
    return sanitize({ ...tree, children: tree.children.map(new Settling().settled) }, schema) as Root;
  } catch {
    return asTyped(source);
  }
}
