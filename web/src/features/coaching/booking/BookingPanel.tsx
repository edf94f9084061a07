import { Button, Checkbox, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession, SessionKind, Slot, Slots } from '../../../../../src/contracts/mentoring/mentoring';
import type { Craft } from '../../../../../src/contracts/roles';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { useMe, useMembership } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatDayHead, formatRange, formatTime } from '../../../time/format';
import { Avatar } from '../../../ui/people/Avatar';
import { useDraft } from '../../../ui/forms/draft';
import { useFieldText } from '../../../ui/forms/form';
import { Panel } from '../../../ui/page/Panel';
import { toast } from '../../../ui/toast';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import classes from '../coaching.module.css';
import { useCycles } from '../../cycles/queries';
import { coachingKeys, keepSession, useTeam } from '../queries';
import { Refused, isGone } from './Refused';
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
  const isFellow = useMembership()?.role === 'fellow';
  // Kept until it is sent: what is worth two lines of thought survives a reload, and another slot.
  const draft = useDraft(`need:${cohortId}${forUserId ? `:${forUserId}` : ''}`, cohortId);
  const [isTouched, setTouched] = useState(false);
  const words = draft.text === '' && !isTouched ? (firstNeed?.slice(0, MAX_NEED) ?? '') : draft.text;
  const [others, setOthers] = useState<string[]>(forUserId ? [forUserId] : []);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const wrongTime = wrong.startsAt ?? wrong.kind ?? wrong.minutes;
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

  const book = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (isGone(problem)) return;
    setBusy(true);
    setProblem(null);
    setWrong({});
    try {
      const session = await api.post<MentoringSession>(`/cohorts/${cohortId}/sessions${craft ? '/any' : ''}`, {
        coachId: slot.coachId,
        startsAt: slot.startsAt,
        minutes: (Date.parse(slot.endsAt) - Date.parse(slot.startsAt)) / MINUTE,
        ...(craft && { craft }),
        ...(second && { secondCoachId: second.id }),
        ...(kind && !craft && { kind }),
        need: words,
        ...((!isFellow || others.length > 0) && { participants: others.length > 0 ? others : undefined }),
      });
      draft.clear();
      keepSession(client, session);
      toast(bookedWords(session));
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
        <p className="mt4" data-gone={isGone(problem)}>
          {formatDayHead(slot.startsAt, zone, locale, now)},{' '}
          <b className="nowrap">{formatRange(slot.startsAt, slot.endsAt, zone, locale)}</b>
          {kind && ` · ${t(`kinds.${kind}`)}`}
        </p>
        <Refused problem={problem} onChoose={onSlot} />
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
        {!craft && !second && (
          <OfCycle cohortId={cohortId} coachId={slot.coachId} fellowIds={isFellow ? [me.id, ...others] : others} />
        )}
        {craft && <p className="xs t2 mt16">{t('book.inTurn')}</p>}
        <p className="xs t2 mt16">{t(second ? 'book.thenBoth' : 'book.then', { name: coach?.name.split(' ')[0] })}</p>
        <div className="row mt16">
          {!isGone(problem) && (
            <Button type="submit" variant="filled" loading={busy}>
              {t('book.act', { time })}
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

interface OfCycleProps {
  cohortId: string;
  coachId: string;
  fellowIds: readonly string[];
}

/** Says that it counts in an open cycle of the two, and as which of four. */
function OfCycle({ cohortId, coachId, fellowIds }: OfCycleProps) {
  const { t } = useTranslation('coaching');
  const role = useMembership()?.role;
  const cycles = useCycles(cohortId, 'open', role !== undefined && role !== 'host');
  const cycle = cycles.data?.find(
    (one) => fellowIds.length === 1 && one.coach.id === coachId && one.fellow.id === fellowIds[0],
  );
  if (!cycle?.abilities.bookNext) return null;
  const other = role === 'fellow' ? cycle.coach : cycle.fellow;
  return (
    <p className="xs t2 mt16">
      {t('book.ofCycle', { number: cycle.sessions.length + 1, of: cycle.of, name: other.name })}
    </p>
  );
}

interface TeamProps {
  cohortId: string;
  myId: string;
  chosen: string[];
  onChange: (ids: string[]) => void;
}

/** Me, and those of my team who come along. */
function Team({ cohortId, myId, chosen, onChange }: TeamProps) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const team = useTeam(cohortId, useMembership()?.projectId ?? null);
  const mates = team.data?.fellows.filter((fellow) => fellow.id !== myId) ?? [];
  if (mates.length === 0) return null;
  const face = (id: string, name: string, label: string, url: string | null) => (
    <span className="row">
      <Avatar id={id} name={name} url={url} size={24} />
      {label}
    </span>
  );
  return (
    <Checkbox.Group
      mt="md"
      label={t('book.who')}
      value={[myId, ...chosen]}
      onChange={(ids) => onChange(ids.filter((id) => id !== myId))}
    >
      <div className={classes.checks}>
        <Checkbox value={myId} disabled label={face(myId, me.name, t('common:you'), me.avatarUrl)} />
        {mates.map((mate) => (
          <Checkbox key={mate.id} value={mate.id} label={face(mate.id, mate.name, mate.name, mate.avatarUrl)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
