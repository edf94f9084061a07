import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../Icon';
import { ProblemAlert } from './ProblemAlert';
import { RowSkeleton } from './RowSkeleton';

const PAUSE_MS = 200;

/** What is typed, and `q`, which follows it when the typing pauses and is kept in the address by `keep`. */
export function useTypedWords(asked: string, keep: (q: string | undefined) => void) {
  const [typed, setTyped] = useState(asked);
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS);
  useEffect(() => {
    if (q !== asked) keep(q || undefined);
    // Only what was typed writes the address.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [q]);
  return { typed, setTyped, q };
}

interface WordsFieldProps {
  className?: string | undefined;
  label: string;
  hint: string;
  typed: string;
  onType: (typed: string) => void;
}

/** The field of a search by words. */
export function WordsField({ className, label, hint, typed, onType }: WordsFieldProps) {
  return (
    <TextInput
      className={className}
      type="search"
      aria-label={label}
      placeholder={hint}
      leftSection={<Icon of={IconSearch} />}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}

type Paged = Pick<
  UseInfiniteQueryResult,
  'error' | 'refetch' | 'isPending' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
>;

/** People that were found, page by page: what went wrong, what is on its way, `children`, and the way to more. */
export function Found({ query, children }: { query: Paged; children: () => ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      {query.error ? (
        <div className="mt16">
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        </div>
      ) : query.isPending ? (
        <RowSkeleton rows={8} face />
      ) : (
        children()
      )}
      {query.hasNextPage && (
        <div className="row mt16">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}
