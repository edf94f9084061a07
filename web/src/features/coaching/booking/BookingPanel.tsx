import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession, SessionKind, Slot, Slots } from '../../../../../src/contracts/mentoring/mentoring';
import type { SessionSeries } from '../../../../../src/contracts/mentoring/session-series';
import type { Craft } from '../../../../../src/contracts/roles';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { useMe, useMembership } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatDayHead, formatRange, formatTime } from '../../../time/format';
import { useDraft } from '../../../ui/forms/draft';
import { useFieldText } from '../../../ui/forms/form';
import { Panel } from '../../../ui/page/Panel';
import { toast } from '../../../ui/toast';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import classes from '../coaching.module.css';
import { coachingKeys, keepSession } from '../queries';
import { RepeatFields } from '../repeated/RepeatFields';
import { SeriesRefused } from '../repeated/SeriesRefused';
import { useRepeat } from '../repeated/useRepeat';
import { OfCycle } from './OfCycle';
import { Refused, isGone } from './Refused';
import { Team } from './Team';
import { listOf } from '../../../i18n/list-of';

const PeoplePicker = lazyPart(async () => ({
  default: (await import('../../../ui/people/PeoplePicker')).PeoplePicker,
}));

const MAX_NEED = 2000;
const MINUTE = 60_000;

interface BookingPanelProps {
  cohortId: string;
  slot: Slot;
  /** The kind of session one looked for. */
  kind?: SessionKind | undefined;
  coach: Slots['people'][number] | undefined;
  /** A second coach who comes, too. */
  second?: Slots['people'][number] | undefined;
  /** Any coach of this craft will do: the one shown is next in turn. */
  craft?: Craft | undefined;
  /** A fellow for whom a coach or staff book. */
  forUserId?: string | undefined;
  /** The words with which the need begins. */
  firstNeed?: string | undefined;
  onSlot: (slot: Slot) => void;
  onClose: () => void;
}

/** Where one books: the need in two lines, and who comes. A slot that is lost meanwhile gives the three next ones. */
export function BookingPanel(props: BookingPanelProps) {
  const { cohortId, slot, kind, coach, second, craft, forUserId, firstNeed, onSlot, onClose } = props;
  const { t } = useTranslation('coaching');
  const me = useMe();
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const fieldText = useFieldText('coaching');
  const client = useQueryClient();
  const navigate = useNavigate();
  const need = useRef<HTMLTextAreaElement>(null);
  const role = useMembership()?.role;
  const isFellow = role === 'fellow';
  // Kept until it is sent: what is worth two lines of thought survives a reload, and another slot.
  const draft = useDraft(`need:${cohortId}${forUserId ? `:${forUserId}` : ''}`, cohortId);
  const [isTouched, setTouched] = useState(false);
  const words = draft.text === '' && !isTouched ? (firstNeed?.slice(0, MAX_NEED) ?? '') : draft.text;
  const [others, setOthers] = useState<string[]>(forUserId ? [forUserId] : []);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const wrongTime = wrong.startsAt ?? wrong.dates ?? wrong.kind ?? wrong.minutes;
  const minutes = (Date.parse(slot.endsAt) - Date.parse(slot.startsAt)) / MINUTE;
  const repeated = useRepeat({
    ...{ cohortId, slot, minutes, kind, secondCoachId: second?.id },
    forUserIds: role === 'staff' ? others : undefined,
  });
  // Of several nothing more is asked of the one hour that was chosen: another one takes its place in the list.
  const chosen = craft ? null : repeated.chosen;
  const isOver = chosen === null && isGone(problem);
  const cannot = chosen !== null && (chosen.length === 0 || repeated.over > 0);
  const name = listOf(
    [coach, second].flatMap((one) => one?.name ?? []),
    locale,
  );
  const time = formatTime(slot.startsAt, zone, locale);

  // Another hour is another question: what was said of the last one no longer holds.
  const [asked, setAsked] = useState(slot);
  if (asked.coachId !== slot.coachId || asked.startsAt !== slot.startsAt) {
    setAsked(slot);
    setProblem(null);
    setWrong({});
  }
  useEffect(() => need.current?.focus(), [slot.coachId, slot.startsAt]);

  /** Of any coach: another one, where the one shown was just taken. */
  const bookedWords = ({ coachId, people }: MentoringSession) =>
    coachId === slot.coachId
      ? t('book.done', { name })
      : t('book.doneOther', { shown: name, name: people.find((one) => one.id === coachId)?.name ?? '' });

  const meeting = {
    coachId: slot.coachId,
    minutes,
    ...(second && { secondCoachId: second.id }),
    ...(kind && !craft && { kind }),
    need: words,
    ...((!isFellow || others.length > 0) && { participants: others.length > 0 ? others : undefined }),
  };
  const bookOne = async (startsAt: string) => {
    const path = `/cohorts/${cohortId}/sessions${craft ? '/any' : ''}`;
    const session = await api.post<MentoringSession>(path, { ...meeting, startsAt, ...(craft && { craft }) });
    toast(bookedWords(session));
    return session;
  };
  const bookSeveral = async (dates: readonly string[]) => {
    const sent = { ...meeting, dates, weeks: repeated.wish.weeks };
    const body = { ...sent, clientId: draft.clientIdOf(sent) };
    const { items } = await api.post<SessionSeries>(`/cohorts/${cohortId}/session-series`, body);
    toast(t('repeat.done', { count: items.length, name }));
    return items[0];
  };

  const book = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (isOver || cannot) return;
    setBusy(true);
    setProblem(null);
    setWrong({});
    try {
      const session =
        chosen && chosen.length > 1 ? await bookSeveral(chosen) : await bookOne(chosen?.[0] ?? slot.startsAt);
      draft.clear();
      if (!session) return;
      keepSession(client, session);
      await navigate({ to: '/c/$cohortId/coaching/sessions/$sessionId', params: { cohortId, sessionId: session.id } });
    } catch (error) {
      if (error instanceof Problem && error.status === 422) {
        setWrong(
          Object.fromEntries(
            error.errors.map((one): [string, string] => [
              one.field.split('/')[1] ?? '',
              fieldText(one.code, one.params),
            ]),
          ),
        );
      } else {
        setProblem(error);
        void client.invalidateQueries({ queryKey: coachingKeys.slots(cohortId) });
      }
      need.current?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className={classes.booking}
      onSubmit={(event) => void book(event)}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <Panel title={t('book.title', { name })}>
        <p className="mt4" data-gone={isOver}>
          {formatDayHead(slot.startsAt, zone, locale, now)},{' '}
          <b className="nowrap">{formatRange(slot.startsAt, slot.endsAt, zone, locale)}</b>
          {kind && ` · ${t(`kinds.${kind}`)}`}
        </p>
        {chosen === null ? <Refused problem={problem} onChoose={onSlot} /> : <SeriesRefused problem={problem} />}
        {wrongTime && <p className="state alert mt8">{wrongTime}</p>}
        <Textarea
          ref={need}
          mt="md"
          label={t('book.need')}
          description={t('book.needHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={4}
          maxRows={10}
          maxLength={MAX_NEED}
          value={words}
          error={wrong.need}
          onChange={(event) => {
            setTouched(true);
            draft.set(event.currentTarget.value);
          }}
        />
        {isFellow ? (
          <Team cohortId={cohortId} myId={me.id} chosen={others} onChange={setOthers} />
        ) : (
          <Part>
            <PeoplePicker
              mt="md"
              cohortId={cohortId}
              role="fellow"
              label={t('book.forWhom')}
              value={others}
              onChange={setOthers}
              error={wrong.participants}
              maxValues={6}
            />
          </Part>
        )}
        {isFellow && wrong.participants && <p className="state alert mt8">{wrong.participants}</p>}
        {!craft && !second && chosen === null && (
          <OfCycle cohortId={cohortId} coachId={slot.coachId} fellowIds={isFellow ? [me.id, ...others] : others} />
        )}
        {!craft && <RepeatFields repeated={repeated} name={second ? name : (coach?.name.split(' ')[0] ?? '')} />}
        {craft && <p className="xs t2 mt16">{t('book.inTurn')}</p>}
        <p className="xs t2 mt16">{t(second ? 'book.thenBoth' : 'book.then', { name: coach?.name.split(' ')[0] })}</p>
        <div className="row mt16">
          {!isOver && (
            <Button type="submit" variant="filled" loading={busy} disabled={cannot}>
              {chosen === null ? t('book.act', { time }) : t('repeat.act', { count: chosen.length })}
            </Button>
          )}
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </Panel>
    </form>
  );
}
