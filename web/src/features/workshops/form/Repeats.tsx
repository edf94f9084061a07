import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  MAX_DATES,
  type PreviewSeries,
  type SeriesPreview,
} from '../../../../../src/contracts/workshops/workshop-series';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { useLocale, useZone } from '../../../time/clock';
import { formatRange, formatShortDay } from '../../../time/format';
import { useFieldText } from '../../../ui/forms/form';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { workshopKeys } from '../cache';
import { instantsOf, type WorkshopValues } from './form-values';
import { isOut, ordinalOf, repeatOf, type RepeatValues, weekdayOf } from './repeat-values';
import classes from '../workshops.module.css';

interface RepeatsProps {
  cohortId: string;
  values: WorkshopValues;
  /** Words of the server at what it refused, by field. */
  errors: Record<string, React.ReactNode>;
  repeat: RepeatValues;
  onChange: (repeat: RepeatValues) => void;
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** A Monday, to name the days of a week by. */
const A_MONDAY = '2026-10-12T12:00:00Z';
const DAY = 86_400_000;

const weekdayName = (day: number, locale: string, weekday: 'short' | 'long') =>
  new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(Date.parse(A_MONDAY) + (day - 1) * DAY);

/** Whether it comes again, and on which dates: a rule, and what it makes, each date to be taken out. */
export default function Repeats({ cohortId, values, errors, repeat, onChange }: RepeatsProps) {
  const { t } = useTranslation('workshops');
  const { unit, date } = { unit: repeat.unit, date: values.date };
  const set = (change: Partial<RepeatValues>) => onChange({ ...repeat, ...change });
  return (
    <fieldset className={classes.repeats}>
      <legend className="med">{t('repeat.title')}</legend>
      <div className={classes.pair}>
        <NativeSelect
          label={t('repeat.unit')}
          data={(['never', 'week', 'month'] as const).map((value) => ({ value, label: t(`repeat.units.${value}`) }))}
          value={unit}
          onChange={(event) => set({ unit: event.currentTarget.value as RepeatValues['unit'] })}
        />
        {unit !== 'never' && (
          <NumberInput
            label={t(`repeat.interval.${unit}`)}
            min={1}
            max={12}
            allowDecimal={false}
            value={repeat.interval}
            onChange={(interval) => set({ interval })}
          />
        )}
      </div>
      {unit === 'week' && <Weekdays date={date} repeat={repeat} set={set} />}
      {unit === 'month' && date !== '' && <Which date={date} repeat={repeat} set={set} />}
      {unit !== 'never' && (
        <>
          <RepeatEnd repeat={repeat} set={set} error={errors['repeat.until'] ?? errors['repeat.count']} />
          <Preview cohortId={cohortId} values={values} repeat={repeat} set={set} error={errors.except} />
        </>
      )}
    </fieldset>
  );
}

interface PartProps {
  repeat: RepeatValues;
  set: (change: Partial<RepeatValues>) => void;
}

function Weekdays({ date, repeat, set }: PartProps & { date: string }) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const chosen = repeat.weekdays.length > 0 ? repeat.weekdays : date === '' ? [] : [weekdayOf(date)];
  return (
    <Checkbox.Group
      label={t('repeat.weekdays')}
      value={chosen.map(String)}
      onChange={(days) => set({ weekdays: days.map(Number) })}
    >
      <div className="row wrap g16 mt8">
        {WEEKDAYS.map((day) => (
          <Checkbox key={day} value={String(day)} label={weekdayName(day, locale, 'short')} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function Which({ date, repeat, set }: PartProps & { date: string }) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const nth = ordinalOf(date);
  const day = weekdayName(weekdayOf(date), locale, 'long');
  const last = { value: 'last', label: t('repeat.last', { day }) };
  const data = nth === -1 ? [last] : [{ value: 'nth', label: t('repeat.nth', { nth, day }) }, last];
  return (
    <NativeSelect
      label={t('repeat.which')}
      data={data}
      value={nth === -1 ? 'last' : repeat.which}
      onChange={(event) => set({ which: event.currentTarget.value as RepeatValues['which'] })}
    />
  );
}

/** Until when a rule goes: so many dates, or a day. */
export function RepeatEnd({ repeat, set, error, count }: PartProps & { error: React.ReactNode; count?: string }) {
  const { t } = useTranslation('workshops');
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={t('repeat.end')}
        data={(['count', 'until'] as const).map((value) => ({ value, label: t(`repeat.ends.${value}`) }))}
        value={repeat.end}
        onChange={(event) => set({ end: event.currentTarget.value as RepeatValues['end'] })}
      />
      {repeat.end === 'count' ? (
        <NumberInput
          label={count ?? t('repeat.count')}
          min={2}
          max={MAX_DATES}
          allowDecimal={false}
          value={repeat.count}
          error={error}
          onChange={(count) => set({ count })}
        />
      ) : (
        <TextInput
          type="date"
          label={t('repeat.until')}
          value={repeat.until}
          error={error}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

type PreviewProps = PartProps & { cohortId: string; values: WorkshopValues; error: React.ReactNode };

/** The dates that would be made, in the zone of the workshop and in mine where its clock is another one. */
function Preview({ cohortId, values, repeat, set, error }: PreviewProps) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const text = useFieldText('workshops');
  const { startsAt, endsAt } = instantsOf(values);
  const rule = repeatOf(repeat, values.date);
  const asks = rule !== null && startsAt !== '' && endsAt !== '';
  const body = { startsAt, endsAt, timeZone: values.timeZone, repeat: rule, locale };
  const query = useQuery({
    queryKey: workshopKeys.preview(cohortId, body),
    queryFn: () =>
      api.post<SeriesPreview>(`/cohorts/${cohortId}/workshop-series/preview`, body as unknown as PreviewSeries),
    enabled: asks,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!asks) return <p className="t2">{t('repeat.ask')}</p>;
  if (query.error instanceof Problem && query.error.status === 422) {
    const [wrong] = query.error.errors;
    return (
      <p role="alert" className={classes.wrong}>
        {wrong ? text(wrong.code, wrong.params) : ''}
      </p>
    );
  }
  if (query.error) return <ProblemAlert error={query.error} ns="workshops" />;
  const dates = query.data?.dates ?? [];
  const made = dates.filter((date) => !isOut(repeat, date));
  const closed = dates.filter(({ closed }) => closed !== null);
  return (
    <div className="stackv g12">
      <Checkbox
        label={t('repeat.skip', { count: closed.length })}
        checked={repeat.skipClosed}
        onChange={(event) => set({ skipClosed: event.currentTarget.checked })}
      />
      <p role="status" className="med">
        {t('repeat.made', { count: made.length })}
      </p>
      {error && (
        <p role="alert" className={classes.wrong}>
          {error}
        </p>
      )}
      <ul className="list tight">
        {dates.map((date) => (
          <PreviewDate key={date.date} date={date} timeZone={values.timeZone} repeat={repeat} set={set} />
        ))}
      </ul>
    </div>
  );
}

type PreviewDateProps = PartProps & { date: SeriesPreview['dates'][number]; timeZone: string };

/** A date that a rule makes, to be taken out or put back. */
export function PreviewDate({ date, timeZone, repeat, set }: PreviewDateProps) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const zone = useZone();
  const hint = useId();
  const { turned } = repeat;
  const there = formatRange(date.startsAt, date.endsAt, timeZone, locale);
  const here = formatRange(date.startsAt, date.endsAt, zone, locale);
  const turn = () =>
    set({ turned: turned.includes(date.date) ? turned.filter((one) => one !== date.date) : [...turned, date.date] });
  return (
    <li className={classes.planned}>
      <Checkbox
        checked={!isOut(repeat, date)}
        onChange={turn}
        aria-describedby={hint}
        label={`${formatShortDay(date.startsAt, timeZone, locale)}, ${there}`}
      />
      <span id={hint} className="xs t2">
        {[
          ...(here === there ? [] : [t('repeat.yours', { range: here, zone })]),
          ...(date.closed === null ? [] : [t(`common:closed.${date.closed.kind}`, { name: date.closed.name })]),
          ...(date.past ? [t('repeat.past')] : []),
        ].join(' · ')}
      </span>
    </li>
  );
}
