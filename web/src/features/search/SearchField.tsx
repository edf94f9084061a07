import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { parseQuery, strangeFilters } from '../../../../src/common/texts/search-query';
import { Icon } from '../../ui/Icon';
import { Filters } from './Filters';
import classes from './search.module.css';

const HINTS = ['phrase', 'from', 'in', 'before', 'after', 'has', 'is', 'not'] as const;

interface Props {
  typed: string;
  onType: (typed: string) => void;
  field: Ref<HTMLInputElement>;
}

/** The field, its filters as chips that can be taken away, and what else it understands. */
export function SearchField({ typed, onType, field }: Props) {
  const { t } = useTranslation('search');
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
      <Filters
        typed={typed}
        ns="search"
        filters={parseQuery(typed).filters}
        strange={strangeFilters(typed)}
        hints={HINTS}
        onType={change}
      />
    </div>
  );
}
