import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon';
import { Part } from '../../ui/forms/Part';
import classes from '../forum/forum.module.css';
import { ForumHints } from './lazy';

const PAUSE_MS = 300;

interface FieldProps {
  /** What the address says. */
  value: string;
  total: number | undefined;
  onSearch: (q: string) => void;
}

/** Where one searches the forum. Once one is in it, it shows what else it understands. */
export function ForumSearchField({ value, total, onSearch }: FieldProps) {
  const { t } = useTranslation('forum');
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [isUsed, setUsed] = useState(value !== '');
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS);
  useEffect(() => {
    if (q !== value) onSearch(q);
    // Only what was typed writes the address.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [q]);
  // A tab or a tag leads away from what was searched.
  const [shown, setShown] = useState(value);
  if (value !== shown) {
    setShown(value);
    if (value !== q) setTyped(value);
  }
  return (
    <div role="search" className={classes.finding}>
      <TextInput
        ref={field}
        id="forum-search"
        className={classes.search}
        type="search"
        aria-label={t('search')}
        placeholder={total === undefined ? t('search') : t('searchAll', { count: total })}
        leftSection={<Icon of={IconSearch} />}
        autoComplete="off"
        value={typed}
        maxLength={300}
        onFocus={() => setUsed(true)}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {isUsed && (
        <Part lost="nothing">
          <ForumHints
            typed={typed}
            onType={(next) => {
              setTyped(next);
              field.current?.focus();
            }}
          />
        </Part>
      )}
    </div>
  );
}
