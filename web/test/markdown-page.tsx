import type { Nodes } from 'hast';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { highlighted } from '../src/ui/markdown/highlight';
import { markdownTree } from '../../src/common/markdown/markdown';
import { Markdown } from '../src/ui/markdown/Markdown';

const place = document.body.appendChild(document.createElement('main'));

/** Shows a text by the renderer of the app, as its pages do. Returns how many elements it takes once it is there and has its places. */
function elementsOf(source: string): number {
  const root = createRoot(place);
  flushSync(() => root.render(<Markdown source={source} />));
  place.getBoundingClientRect();
  const { length } = place.querySelectorAll('*');
  flushSync(() => root.unmount());
  return length;
}

/** Returns how many pieces of the code in a text have a colour. */
function coloursOf(source: string): number {
  const count = (node: Nodes): number =>
    (node.type === 'element' && node.tagName === 'span' ? 1 : 0) +
    ('children' in node ? node.children.reduce((sum, one) => sum + count(one), 0) : 0);
  return count(highlighted(markdownTree(source)));
}

Object.assign(window, { elementsOf, coloursOf });
