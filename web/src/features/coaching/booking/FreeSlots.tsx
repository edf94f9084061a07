import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../../src/contracts/forums';
import type { Slot } from '../../../../../src/contracts/mentoring/mentoring';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useNow, useZone } from '../../../time/clock';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { useRequest } from '../../requests/queries';
import { BookingPanel } from './BookingPanel';
import classes from '../coaching.module.css';
import { FullCoaches } from '../load/FullCoaches';
import { askedFor } from '../availability/LengthFilter';
import { useAnySlots, useSlots } from '../queries';
import { coachOf, craftOf, ofCoach } from './slot-choice';
import { DAYS_AHEAD, SlotDays } from './SlotDays';
import { SlotFilters, type SlotWish } from './SlotFilters';
import { SlotsByCoach } from './SlotsByCoach';

const DESK = 'help_desk';

interface FreeSlotsProps {
  cohortId: string;
  /** A coach books on their own time, for a fellow. */
  coachId?: string | undefined;
  /** The coach with whom the list begins; another can be chosen. */
  firstCoachId?: string | undefined;
  /** The start of that coach's slot which is chosen already. */
  firstAt?: string | undefined;
  forUserId?: string | undefined;
  /** A request for help that the coach accepted: its words are the need. */
  requestId?: string | undefined;
  /** A question of the forum: its title and its address are the need. */
  topicId?: string | undefined;
  /** Staff look with the fellow's eyes. */
  withTheirEyes?: boolean;
}

/** All free slots in one list, by day or by coach, the next first, and the panel where one books. */
export function FreeSlots(props: FreeSlotsProps) {
  const { cohortId, coachId, firstCoachId, firstAt, forUserId, requestId, topicId, withTheirEyes } = props;
  const { t } = useTranslation('coaching');
  const range = useRange();
  const request = useRequest(cohortId, requestId).data;
  const question = useQuestion(cohortId, topicId);
  const [wish, setWish] = useState<SlotWish>({
    whom: firstCoachId ?? '',
    second: '',
    wanted: topicId === undefined ? '' : DESK,
    part: 'any',
    withHidden: true,
    by: 'day',
  });
  const [picked, setChosen] = useState<Slot | null>();
  const [craft, whom, second] = [craftOf(wish.whom), coachOf(wish.whom), wish.second || undefined];
  const { from, to } = range;
  const asked = { from, to, ...askedFor(wish.wanted), forUserId: withTheirEyes ? forUserId : undefined };
  const all = useSlots(cohortId, { ...asked, coachId });
  const ofTwo = useSlots(cohortId, { ...asked, coachId: whom, secondCoachId: second }, second !== undefined);
  const ofAny = useAnySlots(cohortId, { from, to, craft, minutes: asked.minutes });
  const slots = craft ? ofAny : second ? ofTwo : all;
  const linked = all.data?.slots.find((one) => one.startsAt === firstAt && one.coachId === firstCoachId);
  const chosen = picked === undefined ? (linked ?? null) : picked;
  const people = all.data?.people ?? [];
  // Nobody has a help desk: any session will do.
  if (wish.wanted === DESK && all.data && people.every((one) => one.lengths[DESK] === undefined))
    setWish({ ...wish, wanted: '' });
  // Who has nothing of another length, or at this time of day, may well have something.
  const canWatch = !coachId && !craft && !second && wish.wanted === '' && wish.part === 'any' && !forUserId;
  const withSlots = new Set(all.data?.slots.map((slot) => slot.coachId));
  const full = people.filter((person) => !withSlots.has(person.id) && (whom ?? person.id) === person.id);
  const named = (id: string | undefined) => people.find((person) => person.id === id);
  // What was free for another wish is not free for this one.
  const choose = (slot: Slot) => {
    if (!slots.isPlaceholderData) setChosen(slot);
  };
  const change = (to: Partial<SlotWish>) => {
    setWish({ ...wish, ...to });
    if (to.whom !== undefined || to.second !== undefined || to.wanted !== undefined) setChosen(null);
  };

  return (
    <div className={`two narrow ${classes.board}`}>
      <div>
        <SlotFilters people={people} wish={wish} isOwn={coachId !== undefined} onChange={change} />
        {craft && <p className="t2 mt12">{t('slots.inTurn')}</p>}
        {second && <p className="t2 mt12">{t('slots.together')}</p>}
        <div className={classes.slots} aria-busy={slots.isPlaceholderData}>
          <QueryBoundary query={slots} ns="coaching">
            {(data) =>
              wish.by === 'day' ? (
                <SlotDays
                  cohortId={cohortId}
                  data={craft ? data : ofCoach(data, whom)}
                  first={range.first}
                  part={wish.part}
                  withHidden={wish.withHidden && !craft && !second}
                  chosen={chosen}
                  onChoose={choose}
                />
              ) : (
                <SlotsByCoach
                  cohortId={cohortId}
                  data={
                    craft || !whom
                      ? data
                      : { ...ofCoach(data, whom), people: data.people.filter((one) => one.id === whom) }
                  }
                  part={wish.part}
                  canWatch={canWatch}
                  chosen={chosen}
                  onChoose={choose}
                />
              )
            }
          </QueryBoundary>
        </div>
        {canWatch && wish.by === 'day' && <FullCoaches cohortId={cohortId} people={full} />}
      </div>
      <aside className={classes.aside} data-open={chosen !== null}>
        {chosen ? (
          <BookingPanel
            cohortId={cohortId}
            slot={chosen}
            kind={askedFor(wish.wanted).kind}
            coach={named(chosen.coachId)}
            second={second ? named(second) : undefined}
            craft={craft}
            forUserId={forUserId}
            firstNeed={request ? [request.need, request.text].filter(Boolean).join('\n\n') : question}
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

/** The title and the address of a question, for who may read it. */
function useQuestion(cohortId: string, topicId: string | undefined): string | undefined {
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'topics', 'need', topicId),
    queryFn: ({ signal }) => api.get<Topic>(`/cohorts/${cohortId}/topics/${topicId ?? ''}`, { signal }),
    enabled: topicId !== undefined,
  });
  return data && `${data.title}\n${window.location.origin}/c/${cohortId}/forum/${data.id}`;
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
