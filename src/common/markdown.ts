import type { Element, ElementContent, Root, RootContent } from 'hast';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

/** Longer text is shown as it was typed. */
const MOST_CHARACTERS = 100_000;

/** More marks of one kind in a row than any person nests; the parser's work grows with their square. */
const TOO_NESTED = [/(?:>[ \t]?){40}/, /[[\]]{60}/, /[*_~]{200}/, /^[ \t]{400}/m, /(?:[-+*] ){40}/];

/** What may be in a text, by name. Relative addresses are this installation's own. */
const schema: typeof defaultSchema = {
  ...defaultSchema,
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'], src: [] },
  attributes: { ...defaultSchema.attributes, a: [...(defaultSchema.attributes?.a ?? []), 'rel', 'target'] },
};

/** Headings stand under those of the page they are in: a post has no h1. */
const lower: Record<string, string> = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6' };

/** Links open elsewhere and hand on no rank; headings sink; an image from another house becomes a link to it. */
function settle() {
  return (tree: Root): void => {
    tree.children = tree.children.map(settled);
  };
}

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

/** Markdown (CommonMark and GFM) to a hast tree: HTML in the text is dropped, the rest is allowed by name. */
export const markdownProcessor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { footnoteLabel: '*', footnoteLabelTagName: 'h4' })
  .use(settle)
  .use(rehypeSanitize, schema)
  .freeze();

/** True for a text that costs more to parse than it says: it is shown as it was typed. */
export function isTooDeep(source: string): boolean {
  return source.length > MOST_CHARACTERS || TOO_NESTED.some((pattern) => pattern.test(source));
}

/** The text as it was typed: one paragraph, its line breaks kept. */
function plainTree(source: string): Root {
  const children = source.split('\n').flatMap((value, index): ElementContent[] => {
    const text: ElementContent = { type: 'text', value };
    return index === 0 ? [text] : [{ type: 'element', tagName: 'br', properties: {}, children: [] }, text];
  });
  return { type: 'root', children: [{ type: 'element', tagName: 'p', properties: {}, children }] };
}

/**
 * The one way from markdown to what may be shown, for pages and mails alike: a sanitised hast tree (no script, no
 * style, no event handler, links to http, https and mailto only). Never throws; text that is too deep comes back plain.
 */
export function markdownTree(source: string): Root {
  if (isTooDeep(source)) return plainTree(source.slice(0, MOST_CHARACTERS));
  return markdownProcessor.runSync(markdownProcessor.parse(source));
}
