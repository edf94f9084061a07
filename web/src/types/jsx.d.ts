import type { JSX as ReactJSX } from 'react';

// rehype-react speaks of a global `JSX`, which React 19 no longer declares.
declare global {
  namespace JSX {
    type Element = ReactJSX.Element;
    type ElementClass = ReactJSX.ElementClass;
    type IntrinsicElements = ReactJSX.IntrinsicElements;
  }
}
