import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Availability, HiddenReason, HiddenSlot, Slot } from '../../../../../src/contracts/mentoring/mentoring';
import type { FieldProblem } from '../../../api/problem';
import { useLocale, useNow } from '../../../time/clock';
import { formatDate, formatTime } from '../../../time/format';
import { formatDates } from '../../../time/seldom';
import { Icon } from '../../../ui/Icon';
import { Panel } from '../../../ui/page/Panel';
import classes from '../coaching.module.css';
import { firstWeek } from './hours';
import { KINDS } from './kinds';
import { usePreview } from '../queries';
import { reasonIcons } from '../booking/reasons';
import { byDay, type SlotDay } from '../booking/slot-days';

interface PreviewProps {
  cohortId: string;
  availability: Availability;
  /** What the server finds wrong in the draft, to be shown at its fields. */
  onProblems: (problems: FieldProblem[]) => void;
}

const NO_PROBLEMS: FieldProblem[] = [];

/** A week as a fellow sees it, with the hours as they stand in the editor, and why the rest is hidden. In the coach's zone. */
export function Preview({ cohortId, availability, onProblems }: PreviewProps) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const now = useNow();
  const zone = availability.timeZone;
  const [away, setAway] = useState(0);
  const [chosenKind, setKind] = useState('');
  const kinds = KINDS.filter((one) => availability.lengths?.[one] !== undefined);
  const kind = kinds.find((one) => one === chosenKind);
  const monday = firstWeek(
    Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone),
    availability,
  ).toString();
  const range = useMemo(() => {
    const first = Temporal.PlainDate.from(monday).add({ weeks: away });
    const at = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant().toString();
    return { first, from: at(first), to: at(first.add({ days: 7 })) };
  }, [monday, away, zone]);
  const preview = usePreview(cohortId, {
    availability,
    from: range.from,
    to: range.to,
    ...(kind && { kind }),
  });
  const problems = preview.error?.errors ?? NO_PROBLEMS;
  useEffect(() => onProblems(problems), [problems, onProblems]);
  const data = preview.data ?? { slots: [], hidden: [] };
  const days = byDay(data, zone, range.first, 7);
  const last = range.first.add({ days: 6 });
  return (
    <div>
      <Panel className={classes.preview}>
        <div className="row between wrap">
          <h2>{t('preview.title')}</h2>
          {kinds.length > 0 && (
            <NativeSelect
              aria-label={t('filter.length')}
              value={kind ?? ''}
              data={[
                { value: '', label: t('minutes', { count: availability.slotMinutes }) },
                ...kinds.map((one) => ({ value: one, label: t(`kinds.${one}`) })),
              ]}
              onChange={(event) => setKind(event.currentTarget.value)}
            />
          )}
        </div>
        <div className="row wrap mt12">
          <ActionIcon
            size="sm"
            aria-label={t('preview.before')}
            disabled={away === 0}
            onClick={() => setAway(away - 1)}
          >
            <Icon of={IconChevronLeft} />
          </ActionIcon>
          <b>{formatDates(range.first.toString(), last.toString(), locale)}</b>
          <ActionIcon size="sm" aria-label={t('preview.after')} onClick={() => setAway(away + 1)}>
            <Icon of={IconChevronRight} />
          </ActionIcon>
          <span className="right t2">
            {t('slots.both', { count: data.slots.length, hidden: data.hidden?.length ?? 0 })}
          </span>
        </div>
        <div className={classes.week} role="group" aria-label={t('preview.title')}>
          {days
            .filter((day) => day.coaches.length > 0 || Temporal.PlainDate.from(day.date).dayOfWeek <= 5)
            .map((day) => (
              <DayColumn key={day.date} day={day} zone={zone} />
            ))}
        </div>
        <WhyHidden hidden={data.hidden ?? []} />
        <ClockChange zone={zone} now={now} />
      </Panel>
    </div>
  );
}

function DayColumn({ day, zone }: { day: SlotDay; zone: string }) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const words = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { weekday: 'short', timeZone: 'UTC' });
  const all: (Slot | HiddenSlot)[] = day.coaches.flatMap((one) => [...one.slots, ...one.hidden]);
  all.sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  return (
    <div>
      <h3>
        {words.format(Date.parse(day.date))}
        <b>{Temporal.PlainDate.from(day.date).day}</b>
      </h3>
      {all.length === 0 && <p className="t3 xs">{t('preview.noHours')}</p>}
      <ul>
        {all.map((slot) => (
          <li key={slot.startsAt} className={'reason' in slot ? classes.pvHidden : classes.pvFree}>
            {'reason' in slot ? (
              <>
                <s>{formatTime(slot.startsAt, zone, locale)}</s>
                <small>{t(`preview.short.${slot.reason}`)}</small>
              </>
            ) : (
              formatTime(slot.startsAt, zone, locale)
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

type Why = HiddenReason | 'away';

const whyOf = (slot: HiddenSlot): Why => (slot.awayUntil ? 'away' : slot.reason);

function WhyHidden({ hidden }: { hidden: readonly HiddenSlot[] }) {
  const { t } = useTranslation('coaching');
  if (hidden.length === 0) return null;
  const reasons = [...new Set(hidden.map(whyOf))];
  const count = (reason: Why) => hidden.filter((slot) => whyOf(slot) === reason).length;
  return (
    <>
      <h3 className="mt24">{t('preview.why')}</h3>
      <ul className="mt8">
        {reasons.map((reason) => (
          <li key={reason} className="row mt8">
            <Icon of={reasonIcons[reason === 'away' ? 'outside_hours' : reason]} size={16} />
            <span className="grow">{t(`preview.long.${reason}`)}</span>
            <b>{count(reason)}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

const SOON_DAYS = 45;

/** Told when the clocks change soon: hours stay at the same time on the wall. */
function ClockChange({ zone, now }: { zone: string; now: number }) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const next = here.getTimeZoneTransition('next');
  if (!next || here.until(next, { largestUnit: 'days' }).days > SOON_DAYS) return null;
  const forward = next.offsetNanoseconds > here.offsetNanoseconds;
  const date = formatDate(next.toPlainDate().toString(), locale);
  return <p className="xs t2 mt16">{t(forward ? 'preview.clocksForward' : 'preview.clocksBack', { date })}</p>;
}
