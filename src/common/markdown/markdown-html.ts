import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { markdownTree } from './markdown.js';

const printer = unified().use(rehypeStringify).freeze();

/** A text as HTML, as it may be shown. Pure; a thread can run it. */
export const markdownHtml = (source: string): string => printer.stringify(markdownTree(source));
