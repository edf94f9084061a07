import { useEffect, useRef, useState, type HTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Markdown.module.css';

const SHOWN_MS = 2_000;

/** A block of code that can be taken along; by keyboard one comes to its end, too. */
export function CopyCode({ children, ...rest }: HTMLAttributes<HTMLPreElement>) {
  const { t } = useTranslation();
  const code = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    if (!code.current) return;
    try {
      await navigator.clipboard.writeText(code.current.textContent);
      setCopied(true);
    } catch {
      // Where a page may not copy, its reader does.
      window.getSelection()?.selectAllChildren(code.current);
    }
  };
  return (
    <div className={classes.code}>
      <pre {...rest} ref={code} tabIndex={0}>
        {children}
      </pre>
      <button type="button" className={classes.copy} aria-live="polite" onClick={() => void copy()}>
        {t(copied ? 'secret.copied' : 'secret.copy')}
      </button>
    </div>
  );
}
