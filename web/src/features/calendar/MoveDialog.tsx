import { TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaItem, MovePreview } from '../../../../src/contracts/calendar';
import type { Slot, Slots } from '../../../../src/contracts/mentoring/mentoring';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatAbsolute } from '../../time/format';
import { ConfirmDialog } from '../../ui/confirm';
import { OnClosedDay } from '../../ui/times/OnClosedDay';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { SlotButton } from '../../ui/times/SlotButton';
import { Notice } from '../../ui/page/State';
import { TimeField } from '../../ui/forms/TimeField';
import { toast } from '../../ui/toast';
import { useItemTitle } from '../agenda/names';
import { dayAndTime } from '../coaching/sessions/session-words';
import { isSameStart, movedTo, showAt, type Times } from './moving';

const LOOK_AHEAD = { days: 30 } as const;
const NEXT = 3;

/** Where the dialog begins: an entry, and the time at which it was let go, if it was dragged. */
export interface Wish {
  item: AgendaItem;
  to: Times | null;
}

/**
 * Asks before an entry gets another time, by saying who will be told. The calendar shows the new time meanwhile, and the old one again when
 * one thinks better of it or the server refuses.
 */
export default function MoveDialog({ wish: { item, to }, onClose }: { wish: Wish; onClose: () => void }) {
  const { t } = useTranslation('calendar');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const client = useQueryClient();
  const titleOf = useItemTitle();
  const [times, setTimes] = useState<Times>(to ?? item);
  const [refused, setRefused] = useState<Refused | null>(null);
  // What closes the dialog is what was drawn with it, before the answer.
  const isMoved = useRef(false);
  const title = titleOf(item);

  useEffect(() => showAt(client, item, times), [client, item, times]);
  const choose = (next: Times) => {
    setRefused(null);
    setTimes(next);
  };
  const close = () => {
    void client.invalidateQueries({ queryKey: keys.agenda });
    onClose();
  };
  const keep = () => {
    if (!isMoved.current) showAt(client, item, item);
    close();
  };
  const save = async () => {
    if (isSameStart(item, times)) throw new Problem(0, 'choose_time');
    try {
      await moveOn(item, times);
    } catch (error) {
      showAt(client, item, item);
      setRefused({ error, next: await nextFree(item, times, error) });
      throw error;
    }
    isMoved.current = true;
    void client.invalidateQueries({ queryKey: keys.cohort(item.cohortId) });
    toast(t('move.done', { title, when: formatAbsolute(times.startsAt, zone, locale) }));
  };

  return (
    <ConfirmDialog
      opened
      onClose={refused || isSameStart(item, times) ? close : keep}
      title={t('move.title', { title })}
      act={
        isSameStart(item, times)
          ? t('move.choose')
          : t('move.to', { when: dayAndTime(times.startsAt, zone, locale, now) })
      }
      keep={t('move.keep')}
      danger={false}
      ns="calendar"
      onConfirm={save}
    >
      <p>{t('move.from', { when: formatAbsolute(item.startsAt, zone, locale) })}</p>
      <Fields item={item} times={times} zone={zone} onChange={choose} />
      <div className="mt12">
        <OnClosedDay cohortId={item.cohortId} on={dayIn(times.startsAt, item.timeZone)} />
      </div>
      <WhoIsTold item={item} />
      {refused && <NextFree refused={refused} onChoose={({ startsAt, endsAt }) => choose({ startsAt, endsAt })} />}
    </ConfirmDialog>
  );
}

const dayIn = (instant: string, zone: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

interface FieldsProps {
  item: AgendaItem;
  times: Times;
  zone: string;
  onChange: (times: Times) => void;
}

/** Day and time in my zone; how long it lasts stays. */
function Fields({ item, times, zone, onChange }: FieldsProps) {
  const { t } = useTranslation('calendar');
  const start = Temporal.Instant.from(times.startsAt).toZonedDateTimeISO(zone);
  const [day, time] = [start.toPlainDate(), start.toPlainTime().toString({ smallestUnit: 'minute' })];
  const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return (
    <div className="row g16 mt12">
      <TextInput
        type="date"
        label={t('move.day')}
        value={day.toString()}
        onChange={({ currentTarget: { value } }) =>
          value && onChange(movedTo(item, Temporal.PlainDate.from(value), minutesOf(time), zone))
        }
      />
      <TimeField
        label={t('move.time')}
        value={time}
        onChange={(next) => onChange(movedTo(item, day, minutesOf(next), zone))}
      />
    </div>
  );
}

const pathOf = ({ kind, cohortId, id }: AgendaItem) =>
  `/cohorts/${cohortId}/${kind === 'workshop' ? 'workshops' : 'sessions'}/${id}`;

/** Who hears of it, before it is saved. */
function WhoIsTold({ item }: { item: AgendaItem }) {
  const { t } = useTranslation('calendar');
  const preview = useQuery({
    queryKey: keys.in(item.cohortId, 'move', item.kind, item.id),
    queryFn: ({ signal }) => api.get<MovePreview>(`${pathOf(item)}/move`, { signal }),
    staleTime: 0,
  });
  const told =
    preview.data &&
    t(`move.told.${item.kind as 'workshop' | 'session'}`, {
      ...preview.data,
      total: preview.data.going + preview.data.waiting + preview.data.others,
    });
  return (
    <p className="mt12" role="status">
      {preview.isError ? t('move.toldUnknown') : (told ?? '\u00a0')}
    </p>
  );
}

/** Why the server said no, and what is free instead. */
interface Refused {
  error: unknown;
  next: Slot[];
}

function NextFree({ refused, onChoose }: { refused: Refused; onChoose: (slot: Slot) => void }) {
  const { t } = useTranslation('calendar');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const text = useProblemText('calendar');
  const { error, next } = refused;
  const field = error instanceof Problem ? error.errors[0]?.code : undefined;
  if (field === undefined && next.length === 0) return null;
  return (
    <div className="mt12">
      <Notice tone="alert">
        {field !== undefined && <p>{t(`move.fields.${field}`, { defaultValue: text(error) })}</p>}
        {next.length > 0 && (
          <>
            <p className="t2">{t('move.next')}</p>
            <div className="row wrap mt8">
              {next.map((slot) => (
                <SlotButton
                  key={slot.startsAt}
                  label={dayAndTime(slot.startsAt, zone, locale, now)}
                  onClick={() => onChoose(slot)}
                />
              ))}
            </div>
          </>
        )}
      </Notice>
    </div>
  );
}

/** A session moves by its own rule, a workshop is edited. Who looks at an old one is told so (409 `stale`). */
async function moveOn(item: AgendaItem, { startsAt, endsAt }: Times): Promise<void> {
  const { revision } = item;
  if (item.kind === 'workshop') await api.patch(pathOf(item), { startsAt, endsAt, revision });
  else await api.post(`${pathOf(item)}/reschedule`, { startsAt, revision });
}

/** The next free times of the coach: those that the refusal names, else (a time that never could be) the first ones after the wanted one. */
async function nextFree(item: AgendaItem, { startsAt }: Times, error: unknown): Promise<Slot[]> {
  if (item.kind !== 'session' || !(error instanceof Problem)) return [];
  if (Array.isArray(error.extras.next)) return error.extras.next as Slot[];
  if (error.status !== 422) return [];
  const coachId = item.people[0]?.id;
  const from = Temporal.Instant.fromEpochMilliseconds(Math.max(Date.parse(startsAt), Date.now()));
  const to = from.add({ hours: LOOK_AHEAD.days * 24 });
  const minutes = (Date.parse(item.endsAt) - Date.parse(item.startsAt)) / 60_000;
  const query = { coachId, minutes, from: from.toString(), to: to.toString() };
  const slots = await api.get<Slots>(`/cohorts/${item.cohortId}/slots`, { query }).catch(() => null);
  return slots?.slots.slice(0, NEXT) ?? [];
}
