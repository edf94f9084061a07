import { Link } from '@tanstack/react-router';
import rehypeReact from 'rehype-react';
import { useMemo, type AnchorHTMLAttributes } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { unified } from 'unified';
import { markdownTree } from '../../../src/common/markdown';
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

/** What a person wrote, made safe: the only renderer of markdown in the app. Text that is too deep is shown as typed. */
export function Markdown({ source, className }: { source: string; className?: string }) {
  const content = useMemo(() => react.stringify(markdownTree(source)), [source]);
  return <div className={`${classes.text} ${className ?? ''}`}>{content}</div>;
}
