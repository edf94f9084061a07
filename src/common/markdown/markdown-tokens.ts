import { tasklist } from '@mdit/plugin-tasklist';
import type { Element, ElementContent, Root } from 'hast';
import MarkdownIt, { type Token } from 'markdown-it';
import { wordLinks } from './word-links.js';

/** Levels within each other: a list takes two of them, a quote one. */
const MAX_LEVELS = 30;

/** Addresses that a text may lead to: the web, a mail, or a place of this installation. */
const ALLOWED = /^(?:https?:|mailto:|(?![a-z][a-z0-9+.-]*:))/i;

const options = { html: false, linkify: true, maxNesting: MAX_LEVELS };
const parser = Object.assign(new MarkdownIt(options), {
  linkify: wordLinks(),
  validateLink: (address: string) => ALLOWED.test(address),
}).use(tasklist, { label: false });

/** A text that would make more to show than anybody reads. */
export class TooMuch extends Error {}

/** The few names by which the rest of the app calls what the parser calls otherwise. */
const NAMES: Record<string, string> = { s: 'del' };

/**
 * A text in markdown (CommonMark, with tables, tasks, struck words and written-out addresses; HTML is text) as a tree of at most `most` elements
 * and words. Throws `TooMuch` for more, and for what is deeper than the parser goes.
 */
export function treeOf(source: string, most: number): Root {
  const root: Root = { type: 'root', children: [] };
  const building = new Building(root, most);
  for (const token of parser.parse(source, {})) building.add(token);
  return root;
}

class Building {
  private readonly open: { children: ElementContent[] }[];
  private left: number;

  constructor(root: Root, most: number) {
    this.open = [root as { children: ElementContent[] }];
    this.left = most;
  }

  add(token: Token): void {
    // Beyond its deepest level the parser leaves out what stands there.
    if (token.nesting === 1 && token.level >= MAX_LEVELS - 1) throw new TooMuch();
    if (token.type === 'inline') {
      for (const child of token.children ?? []) this.add(child);
    } else if (token.hidden) {
      return;
    } else if (token.nesting === 1) {
      const element = elementOf(token);
      this.put(element);
      this.open.push(element);
      if (this.open.length > MAX_LEVELS) throw new TooMuch();
    } else if (token.nesting === -1) {
      this.open.pop();
    } else {
      for (const node of leavesOf(token)) this.put(node);
    }
  }

  private put(node: ElementContent): void {
    this.left -= 1;
    if (this.left < 0) throw new TooMuch();
    this.open.at(-1)?.children.push(node);
  }
}

/** An element and what the parser says of it; ids would meet those of the page. */
function elementOf({ tag, attrs }: Token, children: ElementContent[] = []): Element {
  const properties: Element['properties'] = {};
  for (const [name, value] of attrs ?? []) {
    const align = /^text-align:(\w+)$/.exec(value)?.[1];
    if (name === 'style' && align) properties.align = align;
    else if (['href', 'src', 'alt', 'title', 'start', 'type'].includes(name)) properties[name] = value;
    else if (['checked', 'disabled'].includes(name)) properties[name] = true;
  }
  return { type: 'element', tagName: NAMES[tag] ?? tag, properties, children };
}

const text = (value: string): ElementContent => ({ type: 'text', value });

function leavesOf(token: Token): ElementContent[] {
  switch (token.type) {
    case 'text':
      return token.content === '' ? [] : [text(token.content)];
    case 'softbreak':
      return [text('\n')];
    case 'hardbreak':
      return [elementOf(token), text('\n')];
    case 'code_inline':
      return [elementOf(token, [text(token.content)])];
    case 'code_block':
    case 'fence':
      return [codeOf(token)];
    case 'image': {
      const image = elementOf(token);
      image.properties.alt = wordsOf(token.children ?? []);
      return [image];
    }
    default:
      return token.tag === '' ? [text(token.content)] : [elementOf(token)];
  }
}

function codeOf({ info, content }: Token): Element {
  const language = parser.utils.unescapeAll(info).trim().split(/\s/, 1)[0] ?? '';
  const code: Element = {
    type: 'element',
    tagName: 'code',
    properties: language === '' ? {} : { className: [`language-${language}`] },
    children: [text(content)],
  };
  return { type: 'element', tagName: 'pre', properties: {}, children: [code] };
}

/** What an image shows, in words. */
function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => (token.type === 'softbreak' || token.type === 'hardbreak' ? '\n' : token.content))
    .join('');
}
