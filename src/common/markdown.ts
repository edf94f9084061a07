import type { Element, ElementContent, Root, RootContent } from 'hast';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { type Processor, unified } from 'unified';

/** Longer text is shown as it was typed. */
const MOST_CHARACTERS = 100_000;

/** Quotes and lists within each other that a line may open; nobody nests deeper, and the parser's work grows with the square. */
const MOST_CONTAINERS = 20;
/** Marks of emphasis and links in one block of text, for the same reason. */
const MOST_MARKS = 400;
/** Marks without a word between them, and columns of indentation, likewise. */
const TOO_MANY_AT_ONCE = /[[\]]{60}|[*_~]{200}|^[ \t]{120}/m;

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

/** HTML is text like any other: who writes of a `<main>` means the word, and must not see their line vanish. */
function htmlAsTyped(this: Processor): void {
  const data = this.data();
  (data.micromarkExtensions ??= []).push({ disable: { null: ['htmlFlow', 'htmlText'] } });
}

/** Markdown (CommonMark and GFM) to a hast tree: HTML in it stays text, the rest is allowed by name. */
export const markdownProcessor = unified()
  .use(remarkParse)
  .use(htmlAsTyped)
  .use(remarkGfm)
  .use(remarkRehype, { footnoteLabel: '*', footnoteLabelTagName: 'h4' })
  .use(settle)
  .use(rehypeSanitize, schema)
  .freeze();

/** True for a text that costs more to parse than it says: it is shown as it was typed. */
export function isTooDeep(source: string): boolean {
  if (source.length > MOST_CHARACTERS || TOO_MANY_AT_ONCE.test(source)) return true;
  let marks = 0;
  for (const line of source.split('\n')) {
    marks = /^\s*$/.test(line) ? 0 : marks + (line.replace(/^\s*\*\s/, '').match(/[*_]+|~+|[[\]]/g)?.length ?? 0);
    if (marks > MOST_MARKS || containersOf(line) > MOST_CONTAINERS) return true;
  }
  return false;
}

/** How many quotes and lists open at the beginning of a line. */
function containersOf(line: string): number {
  const opening = /[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))/y;
  let count = 0;
  while (count <= MOST_CONTAINERS && opening.test(line)) count += 1;
  return count;
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
  if (!isTooDeep(source)) {
    try {
      return markdownProcessor.runSync(markdownProcessor.parse(source));
    } catch {
      // The parser calls itself for each level: what is deeper than its stack is shown as it was typed, too.
    }
  }
  return plainTree(source.slice(0, MOST_CHARACTERS));
}
