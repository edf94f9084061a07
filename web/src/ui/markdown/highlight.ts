import type { Element, Nodes, Root } from 'hast';
import rehypeHighlight from 'rehype-highlight';
import { unified } from 'unified';

const highlighter = unified().use(rehypeHighlight, { detect: false }).freeze();

/** Longer code stays in one colour: what highlight.js does grows with the square of its length. */
const MAX_CHARACTERS = 2_000;

/** Colours the blocks of code that name their language (highlight.js, its common languages); others stay as they are, and so does all of it when it is long. */
export function highlighted(tree: Root): Root {
  if (charactersOfCode(tree) > MAX_CHARACTERS) return tree;
  try {
    return highlighter.runSync(structuredClone(tree)) as Root;
  } catch {
    // Parts within parts deeper than one can follow: plain code reads as well.
    return tree;
  }
}

function charactersOfCode(node: Nodes): number {
  if (node.type === 'element' && isNamedCode(node))
    return node.children.reduce((sum, child) => sum + (child.type === 'text' ? child.value.length : 0), 0);
  return 'children' in node ? node.children.reduce((sum, child) => sum + charactersOfCode(child), 0) : 0;
}

const isNamedCode = ({ tagName, properties }: Element) => tagName === 'code' && properties.className !== undefined;
