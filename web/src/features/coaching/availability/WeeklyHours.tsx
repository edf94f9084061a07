import { ActionIcon, Switch } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../../time/clock';
import { Group } from '../../../ui/page/Group';
import { Icon } from '../../../ui/Icon';
import { TimeField } from '../../../ui/forms/TimeField';
import { ZoneSelect } from '../../../ui/forms/ZoneSelect';
import classes from '../coaching.module.css';
import type { PartProps } from '../notes/editor';
import { MONDAY, type Hours, nextHours, timeOf, wallOf } from './hours';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** The hours of each weekday, in the coach's zone. */
export function WeeklyHours({ draft, onChange, errorAt }: PartProps) {
  const { t } = useTranslation('coaching');
  const [zone, setZone] = useState(false);
  const { weekly, timeZone } = draft;
  const put = (index: number, hours: Partial<Hours>) =>
    onChange({ weekly: weekly.map((one, at) => (at === index ? { ...one, ...hours } : one)) });
  return (
    <Group
      title={t('weekly.title')}
      right={
        <button type="button" className="link" aria-expanded={zone} onClick={() => setZone(!zone)}>
          {timeZone}
        </button>
      }
    >
      {zone && (
        <ZoneSelect
          mt="sm"
          label={t('weekly.zone')}
          value={timeZone}
          error={errorAt('/timeZone')}
          onChange={(value) => value && onChange({ timeZone: value })}
        />
      )}
      <ul>
        {WEEKDAYS.map((weekday) => {
          const hours = weekly.map((one, index) => ({ ...one, index })).filter((one) => one.weekday === weekday);
          const add = () => onChange({ weekly: [...weekly, { weekday, ...nextHours(hours) }] });
          return (
            <Weekday
              key={weekday}
              weekday={weekday}
              hours={hours}
              errorAt={errorAt}
              onAdd={add}
              onPut={put}
              onRemove={(index) => onChange({ weekly: weekly.filter((_, at) => at !== index) })}
              onClear={() => onChange({ weekly: weekly.filter((one) => one.weekday !== weekday) })}
            />
          );
        })}
      </ul>
    </Group>
  );
}

interface WeekdayProps {
  weekday: number;
  hours: (Hours & { index: number })[];
  errorAt: PartProps['errorAt'];
  onAdd: () => void;
  onPut: (index: number, hours: Partial<Hours>) => void;
  onRemove: (index: number) => void;
  onClear: () => void;
}

function Weekday({ weekday, hours, errorAt, onAdd, onPut, onRemove, onClear }: WeekdayProps) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const words = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { weekday: 'long', timeZone: 'UTC' });
  const day = words.format(MONDAY + (weekday - 1) * 86_400_000);
  const on = hours.length > 0;
  return (
    <li className={classes.weekday}>
      <span className={classes.weekdayName}>
        <Switch
          label={<span className={classes.dayName}>{day}</span>}
          checked={on}
          onChange={(event) => (event.currentTarget.checked ? onAdd() : onClear())}
        />
      </span>
      <div className={classes.intervals}>
        {!on && <span className={`${classes.off} t3`}>{t('weekly.off')}</span>}
        {hours.map(({ index, start, end }) => (
          <IntervalFields
            key={index}
            day={day}
            hours={{ start, end }}
            error={errorAt(`/weekly/${index}`)}
            onChange={(part) => onPut(index, part)}
            onRemove={() => onRemove(index)}
          />
        ))}
      </div>
      <ActionIcon aria-label={t('weekly.add', { day })} onClick={onAdd}>
        <Icon of={IconPlus} />
      </ActionIcon>
    </li>
  );
}

interface IntervalFieldsProps {
  day: string;
  hours: Hours;
  error: string | undefined;
  onChange: (hours: Partial<Hours>) => void;
  onRemove: () => void;
}

/** From when to when. */
export function IntervalFields({ day, hours, error, onChange, onRemove }: IntervalFieldsProps) {
  const { t } = useTranslation('coaching');
  const { start, end } = hours;
  return (
    <div>
      <div className={classes.interval}>
        <TimeField
          aria-label={t('weekly.from', { day })}
          value={start}
          error={error !== undefined}
          onChange={(value) => onChange({ start: value })}
        />
        <span className="t3">{t('weekly.to')}</span>
        <TimeField
          aria-label={t('weekly.until', { day })}
          value={timeOf(end)}
          error={error !== undefined}
          onChange={(value) => onChange({ end: wallOf(value) })}
        />
        <ActionIcon aria-label={t('weekly.remove', { day, start, end: timeOf(end) })} onClick={onRemove}>
          <Icon of={IconX} size={16} />
        </ActionIcon>
      </div>
      {error && <p className="state alert xs">{error}</p>}
    </div>
  );
}
