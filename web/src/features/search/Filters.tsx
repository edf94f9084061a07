import { Button, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type QueryFilter, withoutFilter } from '../../../../src/common/texts/search-query';
import { Icon } from '../../ui/Icon';
import { withHint } from './asked';
import classes from './search.module.css';

interface FiltersProps {
  typed: string;
  /** Whose words they are. */
  ns: 'search' | 'finding';
  filters: readonly QueryFilter<string>[];
  /** What looks like a filter and is none. */
  strange: readonly string[];
  hints: readonly string[];
  onType: (typed: string) => void;
}

/** The filters of a search as chips that can be taken away, and what else its field understands. */
export function Filters({ typed, ns, filters, strange, hints, onType }: FiltersProps) {
  const { t } = useTranslation([ns, 'search']);
  return (
    <>
      {filters.length > 0 && (
        <ul className={classes.chips} aria-label={t('search:filters')}>
          {filters.map((filter) => {
            const asked = t(`${ns}:filter.${filter.kind}`, { value: filter.value });
            const what = filter.isNot ? t('search:filter.turned', { what: asked }) : asked;
            return (
              <li key={filter.from}>
                <Button
                  size="sm"
                  rightSection={<Icon of={IconX} size={14} />}
                  aria-label={t('search:remove', { what })}
                  onClick={() => onType(withoutFilter(typed, filter))}
                >
                  {what}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <div role="status">
        {strange.map((word) => (
          <p key={word} className="t2 mt8">
            {t('search:strange', { word })}
          </p>
        ))}
      </div>
      <ul className={classes.hints} aria-label={t('search:hints.label')}>
        {hints.map((hint) => (
          <li key={hint}>
            <UnstyledButton className={classes.hint} onClick={() => onType(withHint(typed, t(`${ns}:hints.${hint}`)))}>
              <code>{t(`${ns}:hints.${hint}`)}</code> <span>{t(`${ns}:hints.what.${hint}`)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </>
  );
}
