import { Link } from '@tanstack/react-router';
import rehypeReact from 'rehype-react';
import { Children, useMemo, type AnchorHTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { unified } from 'unified';
import type { Nodes } from 'hast';
import { markdownTree } from '../../../../src/common/markdown/markdown';
import { CopyCode } from './CopyCode';
import { useHighlighter } from './useHighlighter';
import classes from './Markdown.module.css';

/** The address of a message says nothing to a reader. */
const MESSAGE = /\/chat\/[0-9a-f]{24}\?(?:\S*&)?message=[0-9a-f]{24}$/;
function ToMessage() {
  return useTranslation().t('messageLink');
}

/** Addresses of this app open here; all others open elsewhere. */
function Anchor({ href: address = '', target, rel, children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  const here = `${window.location.origin}/`;
  const href = address.startsWith(here) ? address.slice(here.length - 1) : address;
  if (/^\/(?!\/|api\/|files\/)/.test(href)) {
    const isBare = address !== href && Children.toArray(children)[0] === address;
    const [path = '', hash] = href.split('#', 2);
    return (
      <Link to={path} {...(hash && { hash })}>
        {isBare && MESSAGE.test(href) ? <ToMessage /> : children}
      </Link>
    );
  }
  return (
    <a href={address} target={target} rel={rel} {...rest}>
      {children}
    </a>
  );
}

const plain = unified()
  .use(rehypeReact, { Fragment, jsx, jsxs, components: { a: Anchor } })
  .freeze();
const withCopying = unified()
  .use(rehypeReact, { Fragment, jsx, jsxs, components: { a: Anchor, pre: CopyCode } })
  .freeze();

/** Of so many blocks of code each can be copied by a button; texts made to be slow have more. */
const MAX_COPIED = 50;

function blocksOf(node: Nodes): number {
  if (node.type === 'element' && node.tagName === 'pre') return 1;
  return 'children' in node ? node.children.reduce((sum, child) => sum + blocksOf(child), 0) : 0;
}

/** A block of code that names its language. */
const NAMED_CODE = /^ {0,3}(```+|~~~+)[ \t]*\w/m;

/** What a person wrote, made safe: the only renderer of markdown in the app. Text that is too deep is shown as typed. */
export function Markdown({ source, className }: { source: string; className?: string }) {
  const highlight = useHighlighter(NAMED_CODE.test(source));
  const content = useMemo(() => {
    const tree = markdownTree(source);
    const react = blocksOf(tree) > MAX_COPIED ? plain : withCopying;
    return react.stringify(highlight ? highlight(tree) : tree);
  }, [source, highlight]);
  return <div className={`${classes.text} ${className ?? ''}`}>{content}</div>;
}
