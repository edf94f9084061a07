import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandbookEntry } from '../../../../src/contracts/handbook/handbook';
import { useLocale } from '../../time/clock';
import { Icon } from '../../ui/Icon';
import { byParent, lineOf, titleIn } from './shown';
import { toPage } from './where';
import classes from './handbook.module.css';

interface PageTreeProps {
  cohortId: string;
  pages: readonly HandbookEntry[];
  /** The page on screen. */
  pageId?: string | undefined;
  onGo?: () => void;
}

/** All pages as links, each level below its page; what leads to the one on screen is open. */
export function PageTree({ cohortId, pages, pageId, onGo }: PageTreeProps) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map());
  const family = byParent(pages);
  const line = new Set(lineOf(pages, pageId).map(({ id }) => id));
  // Of a small handbook everything is seen.
  const isOpen = (id: string) => turned.get(id) ?? (pages.length <= 12 || line.has(id));

  const level = (parent: string | null) => (
    <ul className={classes.level}>
      {(family.get(parent) ?? []).map((page) => {
        const { text, lang } = titleIn(page, locale);
        const hasBelow = family.has(page.id);
        const open = hasBelow && isOpen(page.id);
        return (
          <li key={page.id}>
            <span className={classes.branch} data-here={page.id === pageId}>
              {hasBelow ? (
                <button
                  type="button"
                  aria-expanded={open}
                  aria-label={t('below', { title: text })}
                  onClick={() => setTurned(new Map([...turned, [page.id, !open]]))}
                >
                  <Icon of={open ? IconChevronDown : IconChevronRight} size={14} />
                </button>
              ) : (
                <i />
              )}
              <Link
                {...toPage(cohortId, page.id)}
                lang={lang}
                aria-current={page.id === pageId ? 'page' : undefined}
                onClick={onGo}
              >
                {text}
              </Link>
              {page.isOld && (
                <span className={classes.old} title={t('old')}>
                  <VisuallyHidden>{t('old')}</VisuallyHidden>
                </span>
              )}
            </span>
            {open && level(page.id)}
          </li>
        );
      })}
    </ul>
  );
  return <nav aria-label={t('pages')}>{level(null)}</nav>;
}
