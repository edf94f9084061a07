import { SegmentedControl, NativeSelect, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit, UnknownFilter } from '../../../../src/contracts/search';
import { useChannels } from '../../shell/navigation/channels';
import { useNames } from '../../shell/navigation/names';
import { Empty } from '../../ui/page/Empty';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { Further } from './Further';
import { HitRow } from './HitRow';
import { askedFor } from './asked';
import { type SearchAddress, useFoundPages } from './search';
import { SearchField } from './SearchField';
import classes from './search.module.css';

const PAUSE_MS = 250;
const KINDS = ['messages', 'topics', 'commons', 'pages', 'workshops', 'people'] as const;

/** The one search. What is asked stands in the address, so that it can be shared and gone back to. */
export default function SearchPage() {
  const { t } = useTranslation('search');
  const address: SearchAddress = useSearch({ strict: false });
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(address.q ?? '');
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const names = useNames();
  const channels = (useChannels().data ?? []).map((channel) => ({ channel, name: names.channel(channel) }));
  const found = useFoundPages({ ...address, q }, askedFor(q, channels));
  const set = (change: SearchAddress) => {
    const next = Object.entries({ ...address, q, ...change }).filter(([, value]) => value);
    void navigate({ to: '/search', search: Object.fromEntries(next) as never, replace: true });
  };

  useEffect(() => {
    if (q !== (address.q ?? '')) set({ q });
    // Only what was typed writes the address.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [q]);
  // The palette leads here again, with other words.
  const [shown, setShown] = useState(address.q);
  if (address.q !== shown) {
    setShown(address.q);
    if (address.q !== undefined && address.q !== q) setTyped(address.q);
  }

  return (
    <div className="page">
      <PageHeader title={t('title')} lead={t('lead')} />
      <SearchField typed={typed} onType={setTyped} field={field} />
      <div className={`row wrap ${classes.ways}`}>
        <SegmentedControl
          aria-label={t('kinds.label')}
          value={address.in ?? 'all'}
          onChange={(kind) => set({ in: kind === 'all' ? undefined : (kind as SearchAddress['in']) })}
          data={['all', ...KINDS].map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        />
        <NativeSelect
          aria-label={t('sort.label')}
          value={address.sort ?? 'newest'}
          onChange={(event) => set({ sort: event.currentTarget.value === 'best' ? 'best' : undefined })}
          data={(['newest', 'best'] as const).map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
        />
      </div>
      {q === '' ? <Empty title={t('empty.title')}>{t('empty.what')}</Empty> : <Results q={q} found={found} />}
    </div>
  );
}

function Results({ q, found }: { q: string; found: ReturnType<typeof useFoundPages> }) {
  const { t } = useTranslation('search');
  const pages = found.data?.pages ?? [];
  const hits = pages.flatMap((page) => page.items);
  const unknown = pages.at(-1)?.unknown ?? [];
  const searchedTo = pages.at(-1)?.searchedTo ?? null;
  if (found.isPending) return <RowSkeleton face />;
  if (found.isError && hits.length === 0)
    return (
      <div className="mt16">
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      </div>
    );
  return (
    <div aria-busy={found.isPlaceholderData}>
      <VisuallyHidden role="status">{t('found', { count: hits.length })}</VisuallyHidden>
      <Hits hits={hits} />
      {hits.length === 0 && <Nothing q={q} unknown={unknown} more={found.hasNextPage} />}
      {found.isFetchNextPageError && <ProblemAlert error={found.error} onRetry={() => void found.fetchNextPage()} />}
      <Further found={found} searchedTo={searchedTo} isEmpty={hits.length === 0} />
    </div>
  );
}

function Hits({ hits }: { hits: readonly SearchHit[] }) {
  return (
    <ul className={`list ${classes.hits}`}>
      {hits.map((hit) => (
        <HitRow key={`${hit.kind}-${hit.id}`} hit={hit} />
      ))}
    </ul>
  );
}

function Nothing({ q, unknown, more }: { q: string; unknown: readonly UnknownFilter[]; more: boolean }) {
  const { t } = useTranslation('search');
  if (more) return null;
  return (
    <Empty title={t('none.title', { q })}>
      {unknown.length > 0
        ? unknown.map(({ kind, value }) => t(`unknown.${kind}`, { value })).join(' ')
        : t('none.what')}
    </Empty>
  );
}
