import { Link } from '@tanstack/react-router';
import rehypeReact from 'rehype-react';
import { useMemo, type AnchorHTMLAttributes } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { unified } from 'unified';
import { markdownTree } from '../../../src/common/markdown';
import { useHighlighter } from './useHighlighter';
import classes from './Markdown.module.css';

/** Addresses of this app open here; all others open elsewhere. */
function Anchor({ href = '', target, rel, children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  if (/^\/(?!\/|api\/|files\/)/.test(href)) return <Link to={href}>{children}</Link>;
  return (
    <a href={href} target={target} rel={rel} {...rest}>
      {children}
    </a>
  );
}

const react = unified()
  .use(rehypeReact, { Fragment, jsx, jsxs, components: { a: Anchor } })
  .freeze();

/** A block of code that names its language. */
const NAMED_CODE = /^ {0,3}(```+|~~~+)[ \t]*\w/m;

/** What a person wrote, made safe: the only renderer of markdown in the app. Text that is too deep is shown as typed. */
export function Markdown({ source, className }: { source: string; className?: string }) {
  const highlight = useHighlighter(NAMED_CODE.test(source));
  const content = useMemo(() => {
    const tree = markdownTree(source);
    return react.stringify(highlight ? highlight(tree) : tree);
  }, [source, highlight]);
  return <div className={`${classes.text} ${className ?? ''}`}>{content}</div>;
}
