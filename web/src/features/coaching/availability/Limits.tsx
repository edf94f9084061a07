import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Availability } from '../../../../../src/contracts/mentoring/mentoring';
import { Group } from '../../../ui/page/Group';
import classes from '../coaching.module.css';
import type { PartProps } from '../notes/editor';

type Limit =
  | 'slotMinutes'
  | 'bufferBeforeMinutes'
  | 'bufferAfterMinutes'
  | 'minNoticeHours'
  | 'maxPerDay'
  | 'maxPerWeek'
  | 'horizonDays';

const PAUSES = [0, 5, 10, 15, 20, 30, 45, 60];

const CHOICES: Record<Limit, number[]> = {
  slotMinutes: [15, 20, 25, 30, 45, 50, 60, 75, 90, 120],
  bufferBeforeMinutes: PAUSES,
  bufferAfterMinutes: PAUSES,
  minNoticeHours: [0, 1, 2, 4, 8, 12, 24, 48, 72, 168],
  maxPerDay: [1, 2, 3, 4, 5, 6, 8, 10],
  maxPerWeek: [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 20, 25, 30],
  horizonDays: [7, 14, 21, 30, 45, 60, 90],
};

/** Length, pauses, notice, caps and horizon. A value that is none of the usual ones stays to be chosen. */
export function Limits({ draft, onChange, errorAt }: PartProps) {
  const { t } = useTranslation('coaching');
  return (
    <Group className="mt32" title={t('limits.title')}>
      <div className={classes.limits}>
        {(Object.keys(CHOICES) as Limit[]).map((limit) => (
          <NativeSelect
            key={limit}
            label={t(`limits.${limit}.label`)}
            value={String(valueOf(limit, draft))}
            error={errorAt(`/${limit}`)}
            data={choicesOf(limit, draft).map((value) => ({
              value: String(value),
              label: t(`limits.${limit}.value`, { count: value }),
            }))}
            onChange={(event) => onChange(withLimit(limit, Number(event.currentTarget.value), draft))}
          />
        ))}
      </div>
    </Group>
  );
}

const choicesOf = (limit: Limit, draft: Availability) =>
  [...new Set([...CHOICES[limit], valueOf(limit, draft)])].sort((a, b) => a - b);

const valueOf = (limit: Limit, draft: Availability) => draft[limit] ?? draft.bufferMinutes;

/** Two pauses of one length are one number. */
function withLimit(limit: Limit, value: number, draft: Availability): Partial<Availability> {
  if (limit !== 'bufferBeforeMinutes' && limit !== 'bufferAfterMinutes') return { [limit]: value };
  const other = limit === 'bufferBeforeMinutes' ? 'bufferAfterMinutes' : 'bufferBeforeMinutes';
  const kept = valueOf(other, draft);
  return kept === value
    ? { bufferMinutes: value, bufferBeforeMinutes: undefined, bufferAfterMinutes: undefined }
    : { [limit]: value, [other]: kept };
}
