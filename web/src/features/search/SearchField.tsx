import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { parseQuery, withoutFilter } from '../../../../src/common/texts/search-query';
import { Icon } from '../../ui/Icon';
import { withHint } from './search';
import classes from './search.module.css';

const HINTS = ['phrase', 'from', 'in', 'before', 'after', 'has'] as const;

interface Props {
  typed: string;
  onType: (typed: string) => void;
  field: Ref<HTMLInputElement>;
}

/** The field, its filters as chips that can be taken away, and what else it understands. */
export function SearchField({ typed, onType, field }: Props) {
  const { t } = useTranslation('search');
  const { filters } = parseQuery(typed);
  const change = (next: string) => {
    onType(next);
    if (typeof field === 'object') field?.current?.focus();
  };
  return (
    <div role="search" className={classes.search}>
      <TextInput
        ref={field}
        type="search"
        aria-label={t('field')}
        placeholder={t('placeholder')}
        leftSection={<Icon of={IconSearch} />}
        maxLength={300}
        autoComplete="off"
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      {filters.length > 0 && (
        <ul className={classes.chips} aria-label={t('filters')}>
          {filters.map((filter) => {
            const what = t(`filter.${filter.kind}`, { value: filter.value });
            return (
              <li key={filter.from}>
                <Button
                  size="sm"
                  rightSection={<Icon of={IconX} size={14} />}
                  aria-label={t('remove', { what })}
                  onClick={() => change(withoutFilter(typed, filter))}
                >
                  {what}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <ul className={classes.hints} aria-label={t('hints.label')}>
        {HINTS.map((hint) => (
          <li key={hint}>
            <UnstyledButton className={classes.hint} onClick={() => change(withHint(typed, t(`hints.${hint}`)))}>
              <code>{t(`hints.${hint}`)}</code> <span>{t(`hints.what.${hint}`)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
