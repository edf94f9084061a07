import type { Root } from 'hast';
import rehypeHighlight from 'rehype-highlight';
import { unified } from 'unified';

const highlighter = unified().use(rehypeHighlight, { detect: false }).freeze();

/** Colours the blocks of code that name their language (highlight.js, its common languages); others stay as they are. */
export const highlighted = (tree: Root): Root => highlighter.runSync(tree) as Root;
