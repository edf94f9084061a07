import { NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Slots } from '../../../../../src/contracts/mentoring/mentoring';
import { LengthFilter, type Wanted } from '../availability/LengthFilter';
import { type Whom, anyOf, coachOf, craftsOf } from './slot-choice';
import type { PartOfDay } from './slot-days';

/** What one looks for. */
export interface SlotWish {
  whom: Whom;
  /** A second coach beside the chosen one; `''` for none. */
  second: string;
  wanted: Wanted;
  part: PartOfDay;
  withHidden: boolean;
  by: 'day' | 'coach';
}

interface SlotFiltersProps {
  people: Slots['people'];
  wish: SlotWish;
  /** A coach books on their own time: there is nobody to choose. */
  isOwn: boolean;
  onChange: (change: Partial<SlotWish>) => void;
}

/** With whom, for how long, when, and how the list is laid out. */
export function SlotFilters({ people, wish, isOwn, onChange }: SlotFiltersProps) {
  const { t } = useTranslation(['coaching', 'common']);
  const { whom, second, wanted, part, withHidden, by } = wish;
  const first = coachOf(whom);
  const crafts = craftsOf(people);
  const choices = people.map((person) => ({ value: person.id, label: person.name }));
  return (
    <div className="row wrap between">
      <div className="row wrap">
        {!isOwn && (
          <NativeSelect
            aria-label={t('filter.coach')}
            value={whom}
            data={[
              { value: '', label: t('filter.allCoaches', { count: people.length }) },
              ...(crafts.length > 0
                ? [
                    {
                      group: t('filter.anyOf'),
                      items: crafts.map((craft) => ({
                        value: anyOf(craft),
                        label: t('filter.any_of', { craft: t(`common:crafts.${craft}`) }),
                      })),
                    },
                  ]
                : []),
              { group: t('filter.coach'), items: choices },
            ]}
            onChange={(event) => onChange({ whom: event.currentTarget.value, second: '' })}
          />
        )}
        {first && (
          <NativeSelect
            aria-label={t('filter.second')}
            value={second}
            data={[
              { value: '', label: t('filter.alone') },
              ...choices
                .filter((one) => one.value !== first)
                .map(({ value, label }) => ({ value, label: t('filter.with', { name: label }) })),
            ]}
            onChange={(event) => onChange({ second: event.currentTarget.value })}
          />
        )}
        <LengthFilter people={people} value={wanted} onChange={(to) => onChange({ wanted: to })} />
        <NativeSelect
          className="only-wide"
          aria-label={t('filter.time')}
          value={part}
          data={(['any', 'morning', 'afternoon'] as const).map((value) => ({ value, label: t(`filter.${value}`) }))}
          onChange={(event) => onChange({ part: event.currentTarget.value as PartOfDay })}
        />
      </div>
      <div className="row wrap">
        <SegmentedControl
          aria-label={t('filter.by')}
          value={by}
          data={(['day', 'coach'] as const).map((value) => ({ value, label: t(`filter.by_${value}`) }))}
          onChange={(to) => onChange({ by: to })}
        />
        {by === 'day' && (
          <Switch
            className="only-wide"
            label={t('filter.hidden')}
            checked={withHidden}
            onChange={(event) => onChange({ withHidden: event.currentTarget.checked })}
          />
        )}
      </div>
    </div>
  );
}
