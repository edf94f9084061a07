import { Button, NativeSelect, Switch } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Slot, Slots } from '../../../../src/contracts/mentoring';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatDayHead } from '../../time/format';
import { Empty } from '../../ui/Empty';
import { Group } from '../../ui/Group';
import { QueryBoundary } from '../../ui/QueryBoundary';
import { BookingPanel } from './BookingPanel';
import { CoachRow } from './CoachRow';
import { DensityStrip } from './DensityStrip';
import classes from './coaching.module.css';
import { LengthFilter, type Wanted, askedFor } from './LengthFilter';
import { useSlots } from './queries';
import { byDay, type PartOfDay, type SlotDay } from './slot-days';

/** As far as a coach may open, the product shows. */
export const DAYS_AHEAD = 60;
const DAYS_AT_ONCE = 7;

interface FreeSlotsProps {
  cohortId: string;
  /** A coach books on their own time, for a fellow. */
  coachId?: string | undefined;
  /** The coach with whom the list begins; another can be chosen. */
  firstCoachId?: string | undefined;
  /** The start of that coach's slot which is chosen already. */
  firstAt?: string | undefined;
  forUserId?: string | undefined;
  /** Staff look with the fellow's eyes. */
  withTheirEyes?: boolean;
}

/** All free slots in one list, the next first, and the panel where one books. */
export function FreeSlots({ cohortId, coachId, firstCoachId, firstAt, forUserId, withTheirEyes }: FreeSlotsProps) {
  const { t } = useTranslation('coaching');
  const range = useRange();
  const [coach, setCoach] = useState(firstCoachId ?? '');
  const [wanted, setWanted] = useState<Wanted>('');
  const [part, setPart] = useState<PartOfDay>('any');
  const [withHidden, setWithHidden] = useState(true);
  const [picked, setChosen] = useState<Slot | null>();
  const slots = useSlots(cohortId, {
    from: range.from,
    to: range.to,
    coachId,
    ...askedFor(wanted),
    forUserId: withTheirEyes ? forUserId : undefined,
  });
  const linked = slots.data?.slots.find((one) => one.startsAt === firstAt && one.coachId === firstCoachId);
  const chosen = picked === undefined ? (linked ?? null) : picked;
  const people = slots.data?.people ?? [];

  return (
    <div className={`two narrow ${classes.board}`}>
      <div>
        <div className="row wrap between">
          <div className="row wrap">
            {!coachId && (
              <NativeSelect
                aria-label={t('filter.coach')}
                value={coach}
                data={[
                  { value: '', label: t('filter.allCoaches', { count: people.length }) },
                  ...people.map((person) => ({ value: person.id, label: person.name })),
                ]}
                onChange={(event) => setCoach(event.currentTarget.value)}
              />
            )}
            <LengthFilter people={people} value={wanted} onChange={setWanted} />
            <NativeSelect
              className="only-wide"
              aria-label={t('filter.time')}
              value={part}
              data={(['any', 'morning', 'afternoon'] as const).map((value) => ({ value, label: t(`filter.${value}`) }))}
              onChange={(event) => setPart(event.currentTarget.value as PartOfDay)}
            />
          </div>
          <Switch
            className="only-wide"
            label={t('filter.hidden')}
            checked={withHidden}
            onChange={(event) => setWithHidden(event.currentTarget.checked)}
          />
        </div>
        <QueryBoundary query={slots} ns="coaching">
          {(data) => (
            <Days
              cohortId={cohortId}
              data={data}
              coachId={coach}
              first={range.first}
              part={part}
              withHidden={withHidden}
              chosen={chosen}
              onChoose={setChosen}
            />
          )}
        </QueryBoundary>
      </div>
      <aside className={classes.aside} data-open={chosen !== null}>
        {chosen ? (
          <BookingPanel
            cohortId={cohortId}
            slot={chosen}
            kind={askedFor(wanted).kind}
            coach={people.find((person) => person.id === chosen.coachId)}
            forUserId={forUserId}
            onSlot={setChosen}
            onClose={() => setChosen(null)}
          />
        ) : (
          <div className="only-wide t2">{t('book.choose')}</div>
        )}
        <div className={`mt24 only-wide ${classes.elsewhere}`}>
          <b>{t('forum.title')}</b>
          <p className="t2 mt4">
            {t('forum.what')}{' '}
            <Link className="link" to="/c/$cohortId/forum/new" params={{ cohortId }}>
              {t('forum.ask')}
            </Link>
          </p>
        </div>
      </aside>
    </div>
  );
}

/** From the beginning of today in my zone, so that the answer can be kept under one key all day. */
function useRange() {
  const zone = useZone();
  const now = useNow();
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().toString();
  return useMemo(() => {
    const first = Temporal.PlainDate.from(today);
    const at = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).toInstant().toString();
    return { first, from: at(first), to: at(first.add({ days: DAYS_AHEAD })) };
  }, [today, zone]);
}

/** The slots of one coach alone; of all where none is chosen. */
function ofCoach(data: Slots, coachId: string): Slots {
  if (coachId === '') return data;
  const theirs = (slot: { coachId: string }) => slot.coachId === coachId;
  return { ...data, slots: data.slots.filter(theirs), hidden: data.hidden?.filter(theirs) };
}

interface DaysProps {
  cohortId: string;
  data: Slots;
  /** '' for all. */
  coachId: string;
  first: Temporal.PlainDate;
  part: PartOfDay;
  withHidden: boolean;
  chosen: Slot | null;
  onChoose: (slot: Slot) => void;
}

function Days({ cohortId, data, coachId, first, part, withHidden, chosen, onChoose }: DaysProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const [start, setStart] = useState(first.toString());
  const [shown, setShown] = useState(DAYS_AT_ONCE);
  const days = useMemo(
    () => byDay(ofCoach(data, coachId), zone, first, DAYS_AHEAD, part),
    [data, coachId, zone, first, part],
  );
  const coming = days.filter((day) => day.date >= start && (day.free > 0 || (withHidden && day.hidden > 0)));
  const names = new Map(data.people.map((person) => [person.id, person]));
  const choose = (date: string) => {
    setStart(date);
    setShown(DAYS_AT_ONCE);
  };
  if (data.people.length === 0) return <Empty title={t('empty.coaches.title')}>{t('empty.coaches.what')}</Empty>;
  return (
    <>
      <DensityStrip days={days} from={start} onChoose={choose} />
      {coming.length === 0 && <Empty title={t('empty.slots.title')}>{t('empty.slots.what')}</Empty>}
      {coming.slice(0, shown).map((day) => (
        <Day key={day.date} day={day} withHidden={withHidden}>
          {day.coaches
            .filter((one) => one.slots.length > 0 || withHidden)
            .map((one) => (
              <CoachRow
                key={one.coachId}
                cohortId={cohortId}
                coach={names.get(one.coachId)}
                day={one}
                withHidden={withHidden}
                chosen={chosen}
                onChoose={onChoose}
              />
            ))}
        </Day>
      ))}
      {coming.length > shown && (
        <Button mt="md" onClick={() => setShown(shown + DAYS_AT_ONCE)}>
          {t('slots.moreDays')}
        </Button>
      )}
    </>
  );
}

function Day({ day, withHidden, children }: { day: SlotDay; withHidden: boolean; children: ReactNode }) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const noon = Temporal.PlainDate.from(day.date).toZonedDateTime({ timeZone: zone, plainTime: '12:00' });
  const title = formatDayHead(noon.toInstant().toString(), zone, locale, now);
  const right = t(withHidden ? 'slots.both' : 'slots.free', { count: day.free, hidden: day.hidden });
  return (
    <Group title={title} right={right}>
      {children}
    </Group>
  );
}
