import { Checkbox } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepeatedDate, SessionSeriesPreview } from '../../../../../src/contracts/mentoring/session-series';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatDate, formatRange, formatShortDay, formatTime, zoneWords } from '../../../time/format';
import { Icon } from '../../../ui/Icon';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { Notice } from '../../../ui/page/State';
import { useThereText } from '../../../ui/page/there';
import { SlotButton } from '../../../ui/times/SlotButton';
import classes from '../coaching.module.css';
import { dateIcons } from './date-icons';
import { startOf } from './dates';
import { dayAndTime } from '../sessions/session-words';
import type { Repeated } from './useRepeat';

interface RepeatDatesProps {
  repeated: Repeated;
  name: string;
}

/** Each date in my zone: free, to be left out; or why it is not, with the slots near it to take instead. */
export default function RepeatDates({ repeated, name }: RepeatDatesProps) {
  const { t } = useTranslation('coaching');
  const { preview, chosen, over } = repeated;
  if (preview.error) return <ProblemAlert error={preview.error} ns="coaching" />;
  if (!preview.data) return null;
  const { dates, beyond, endsOn, room } = preview.data;
  return (
    <div className="mt12" aria-busy={preview.isPlaceholderData}>
      <p role="status" className="med">
        {t('repeat.chosen', { count: chosen?.length ?? 0, of: dates.length })}
      </p>
      <Elsewhere preview={preview.data} name={name} />
      <ul className={`${classes.dates} mt8`}>
        {dates.map((date) => (
          <DateRow key={date.startsAt} date={date} repeated={repeated} name={name} />
        ))}
      </ul>
      <Beyond count={beyond} endsOn={endsOn} />
      {over > 0 && (
        <div className="mt12">
          <Notice tone="alert">{t('repeat.over', { count: over, room: room ?? 0 })}</Notice>
        </div>
      )}
    </div>
  );
}

function Beyond({ count, endsOn }: { count: number; endsOn: string }) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  if (count === 0) return null;
  return <p className="xs t2 mt8">{t('repeat.beyond', { count, date: formatDate(endsOn, locale) })}</p>;
}

/** Where the clocks of the coach change on other days than mine, the hour is the same there, and not with me. */
function Elsewhere({ preview: { dates, timeZone }, name }: { preview: SessionSeriesPreview; name: string }) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const hours = new Set(dates.map(({ startsAt }) => formatTime(startsAt, zone, locale)));
  const [first] = dates;
  if (hours.size < 2 || !first) return null;
  const time = formatTime(first.startsAt, timeZone, locale);
  return <p className="xs t2 mt4">{t('repeat.elsewhere', { name, time, zone: zoneWords(timeZone) })}</p>;
}

interface DateRowProps {
  date: RepeatedDate;
  repeated: Repeated;
  name: string;
}

function DateRow({ date, repeated: { wish, choose }, name }: DateRowProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const why = useWhy(name);
  const hint = useId();
  const { startsAt, endsAt, reason, near } = date;
  const chosen = startOf(date, wish.choices);
  const label = `${formatShortDay(startsAt, zone, locale, now)}, ${formatRange(startsAt, endsAt, zone, locale)}`;
  if (reason === null)
    return (
      <li>
        <Checkbox
          label={label}
          checked={chosen !== null}
          onChange={(event) => choose(startsAt, event.currentTarget.checked ? startsAt : null)}
        />
      </li>
    );
  return (
    <li>
      <div className={classes.dateOut}>
        <Icon of={dateIcons[reason]} size={16} />
        <span>
          <s>{label}</s>
          <span className="xs t2">{why(date)}</span>
        </span>
      </div>
      {near.length > 0 && (
        <div className="mt8" role="group" aria-labelledby={hint}>
          <p id={hint} className="xs t2">
            {t(chosen === null ? 'repeat.instead' : 'repeat.taken', { when: label })}
          </p>
          <div className={`${classes.slots} mt4`}>
            {near.map((slot) => (
              <SlotButton
                key={slot.startsAt}
                label={dayAndTime(slot.startsAt, zone, locale, now)}
                chosen={slot.startsAt === chosen}
                onClick={() => choose(startsAt, slot.startsAt === chosen ? null : slot.startsAt)}
              />
            ))}
          </div>
        </div>
      )}
      {near.length === 0 && <p className="xs t2">{t('repeat.none')}</p>}
    </li>
  );
}

/** Why a date is not free: what I have myself by its name, all else as of a slot that is hidden. */
function useWhy(name: string): (date: RepeatedDate) => string {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const there = useThereText();
  return ({ reason, until, awayUntil, closed, there: held }) => {
    if (reason === null) return '';
    if (reason === 'in_the_past') return t('fields.in_the_past');
    const [own] = held;
    if (own && (reason === 'you_are_busy' || reason === 'clash')) return there(own);
    if (awayUntil) return t('hidden.away', { name, date: formatDate(awayUntil, locale) });
    const words = {
      name,
      until: until ? formatTime(until, zone, locale) : 'none',
      closed: closed?.name ?? 'none',
    };
    return t(`hidden.${reason === 'clash' ? 'you_are_busy' : reason}`, words);
  };
}
