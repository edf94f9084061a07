import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Availability } from '../../../../src/contracts/mentoring';
import { Group } from '../../ui/Group';
import classes from './coaching.module.css';
import type { PartProps } from './editor';

type Limit = 'slotMinutes' | 'bufferMinutes' | 'minNoticeHours' | 'maxPerDay' | 'maxPerWeek' | 'horizonDays';

const CHOICES: Record<Limit, number[]> = {
  slotMinutes: [15, 20, 25, 30, 45, 50, 60, 75, 90, 120],
  bufferMinutes: [0, 5, 10, 15, 20, 30, 45, 60],
  minNoticeHours: [0, 1, 2, 4, 8, 12, 24, 48, 72, 168],
  maxPerDay: [1, 2, 3, 4, 5, 6, 8, 10],
  maxPerWeek: [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 20, 25, 30],
  horizonDays: [7, 14, 21, 30, 45, 60, 90],
};

/** Length, buffer, notice, caps and horizon. A value that is none of the usual ones stays to be chosen. */
export function Limits({ draft, onChange, errorAt }: PartProps) {
  const { t } = useTranslation('coaching');
  return (
    <Group className="mt32" title={t('limits.title')}>
      <div className={classes.limits}>
        {(Object.keys(CHOICES) as Limit[]).map((limit) => (
          <NativeSelect
            key={limit}
            label={t(`limits.${limit}.label`)}
            value={String(draft[limit])}
            error={errorAt(`/${limit}`)}
            data={choicesOf(limit, draft).map((value) => ({
              value: String(value),
              label: t(`limits.${limit}.value`, { count: value }),
            }))}
            onChange={(event) => onChange({ [limit]: Number(event.currentTarget.value) })}
          />
        ))}
      </div>
    </Group>
  );
}

const choicesOf = (limit: Limit, draft: Availability) =>
  [...new Set([...CHOICES[limit], draft[limit]])].sort((a, b) => a - b);
