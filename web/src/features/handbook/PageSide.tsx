import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handbook } from '../../../../src/contracts/handbook/handbook';
import type { Marked } from '../../../../src/contracts/search';
import { useLocale } from '../../time/clock';
import { Icon } from '../../ui/Icon';
import { usePagesFound } from './handbook';
import classes from './handbook.module.css';
import { PageTree } from './PageTree';
import { toPage } from './where';

interface PageSideProps {
  cohortId: string;
  handbook: Handbook;
  pageId?: string | undefined;
  /** A page was chosen. */
  onGo?: () => void;
  children?: ReactNode;
}

const PAUSE_MS = 200;

/** Beside every page: a search over all of them, whose hits stand in the place of the tree. */
export function PageSide({ cohortId, handbook, pageId, onGo, children }: PageSideProps) {
  const { t } = useTranslation('handbook');
  const [q, setQ] = useState('');
  const isSearch = q.trim().length > 1;
  return (
    <>
      <TextInput
        type="search"
        aria-label={t('search', { count: handbook.items.length })}
        placeholder={t('search', { count: handbook.items.length })}
        leftSection={<Icon of={IconSearch} size={16} />}
        rightSection={q !== '' && <CloseButton size="sm" aria-label={t('clear')} onClick={() => setQ('')} />}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      {isSearch ? (
        <Hits cohortId={cohortId} q={q.trim()} onGo={onGo} />
      ) : (
        <>
          <PageTree cohortId={cohortId} pages={handbook.items} pageId={pageId} onGo={onGo} />
          {children}
        </>
      )}
    </>
  );
}

function Hits({ cohortId, q, onGo }: { cohortId: string; q: string; onGo?: (() => void) | undefined }) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const [asked] = useDebouncedValue(q, PAUSE_MS);
  const { data } = usePagesFound(cohortId, asked, locale);
  if (!data) return null;
  return (
    <>
      <p className="t3 xs mt12" role="status">
        {t('found', { count: data.length })}
      </p>
      <ul className={classes.hits}>
        {data.map(({ id, language, title, snippet }) => (
          <li key={id} lang={language}>
            <Link {...toPage(cohortId, id)} onClick={onGo}>
              <span className="med">
                <Pieces of={title} />
              </span>
              <span className="t2 xs">
                <Pieces of={snippet} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

const Pieces = ({ of }: { of: readonly Marked[] }) =>
  of.map(({ text, hit }, at) => (hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>));
