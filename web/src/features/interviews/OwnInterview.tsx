import { Button, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnInterview as Interview, OwnInvitation } from '../../../../src/contracts/selection/interviews';
import { Problem } from '../../api/problem';
import { useStore } from '../../api/store';
import { listOf } from '../../i18n/list-of';
import { useLocale, useNow, useZone } from '../../time/clock';
import { capital, formatLongDay, formatTime, zoneWords } from '../../time/format';
import { ConfirmDialog } from '../../ui/confirm';
import { Group } from '../../ui/page/Group';
import { keepFocus } from '../../ui/page/focus';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Notice } from '../../ui/page/State';
import { momentIn } from '../apply/call/timing';
import type { Saver } from '../apply/file/saver';
import classes from './interviews.module.css';
import { Phone, Place } from './Place';
import { byDay, hourThere, isOtherHour, spanWords } from './times';

/** The interview to which who applies is invited: they choose a time, move it, or give it back. Nothing for who is not invited. */
export default function OwnInterview({ saver }: { saver: Saver }) {
  const { id } = useStore(saver.shown).draft.server;
  const queryKey = ['application-interview', id];
  const query = useQuery({ queryKey, queryFn: () => saver.ports.interview() });
  return (
    <QueryBoundary query={query} ns="interviews" loading={<></>} missing={<></>}>
      {({ interview }) => interview && <Invited {...{ saver, interview, queryKey }} />}
    </QueryBoundary>
  );
}

interface InvitedProps {
  saver: Saver;
  interview: Interview;
  queryKey: string[];
}

function Invited({ saver, interview, queryKey }: InvitedProps) {
  const { t } = useTranslation('interviews');
  const [zone, locale] = [useZone(), useLocale()];
  const client = useQueryClient();
  const [isMoving, setMoving] = useState(false);
  const [isGiving, setGiving] = useState(false);
  const [told, setTold] = useState('');
  const now = useNow();
  const { minutes, startsAt, endsAt, until, place, phone, timeZone, times, abilities } = interview;
  const choosing = useMutation({
    mutationFn: (timeId: string) => saver.ports.chooseTime({ timeId }),
    onSuccess: (now) => {
      client.setQueryData<OwnInvitation>(queryKey, now);
      setMoving(false);
      setTold(t('own.taken'));
      keepFocus();
    },
    // Somebody else was faster, or it is too late: what is free by now is shown.
    onError: (error) => {
      if (error instanceof Problem && error.status === 409) void client.invalidateQueries({ queryKey });
    },
  });
  const there = startsAt && hourThere(startsAt, zone, timeZone, locale);
  const isChosen = startsAt !== null && endsAt !== null;
  const isOver = isChosen && Date.parse(endsAt) <= now;
  const withWhom = interview.with.length > 0 && t('own.with', { names: listOf(interview.with, locale) });
  return (
    <Group title={t('own.title')} className="mt16 mb16">
      {isChosen ? (
        <div className="mt12">
          <Notice tone="ok">
            <p className="bold">{capital(spanWords(startsAt, endsAt, zone, locale))}</p>
            {there && <p>{t('own.there', { at: there })}</p>}
            <p>
              <Place place={place} />
            </p>
            {withWhom && <p>{withWhom}</p>}
            {phone !== '' && (
              <p>
                {t('own.phone')} <Phone phone={phone} />
              </p>
            )}
          </Notice>
          <p className="t2 mt8">
            {isOver && t('own.was')}
            {!isOver &&
              (abilities.giveBack && until ? t('own.until', { at: momentIn(until, zone, locale) }) : t('own.fixed'))}
          </p>
          {abilities.giveBack && (
            <div className="row wrap mt8">
              {!isMoving && times.length > 0 && (
                <Button size="md" onClick={() => setMoving(true)}>
                  {t('own.move')}
                </Button>
              )}
              <Button size="md" variant="subtle" onClick={() => setGiving(true)}>
                {t('own.giveBack')}
              </Button>
            </div>
          )}
        </div>
      ) : (
        <p className="mt12">
          {abilities.choose ? t('own.choose', { minutes }) : t('own.over')} {abilities.choose && withWhom}
        </p>
      )}
      {abilities.choose && (!isChosen || isMoving) && (
        <Choices
          key={String(startsAt)}
          {...{ times, timeZone }}
          busy={choosing.isPending}
          onChoose={(timeId) => choosing.mutate(timeId)}
        />
      )}
      <ProblemAlert error={choosing.error} ns="interviews" />
      {!isChosen && times.length > 0 && <p className="t2 mt12">{t('own.noneFits')}</p>}
      <VisuallyHidden role="status">{told}</VisuallyHidden>
      <ConfirmDialog
        opened={isGiving}
        onClose={() => setGiving(false)}
        title={t('own.giveBackTitle')}
        act={t('own.giveBack')}
        ns="interviews"
        onConfirm={async () => {
          client.setQueryData<OwnInvitation>(queryKey, await saver.ports.giveTimeBack());
          setTold(t('own.givenBack'));
        }}
      >
        {t('own.giveBackWhat')}
      </ConfirmDialog>
    </Group>
  );
}

interface ChoicesProps {
  times: Interview['times'];
  timeZone: string;
  busy: boolean;
  onChoose: (timeId: string) => void;
}

/** The times that are free, day by day in the reader's zone; one is marked, then taken. */
function Choices({ times, timeZone, busy, onChoose }: ChoicesProps) {
  const { t } = useTranslation('interviews');
  const [zone, locale] = [useZone(), useLocale()];
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = times.find(({ id }) => id === picked);
  if (times.length === 0)
    return (
      <div className="mt12">
        <Notice tone="wait">{t('own.noTimes')}</Notice>
      </div>
    );
  return (
    <form
      className="mt12"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onChoose(chosen.id);
      }}
    >
      <p className="t2">
        {times.some(({ startsAt }) => isOtherHour(startsAt, zone, timeZone))
          ? t('own.zones', { own: zoneWords(zone), there: zoneWords(timeZone) })
          : t('own.zone', { own: zoneWords(zone) })}
      </p>
      {byDay(times, zone).map(({ day, times: ofDay }) => (
        <fieldset key={day} className={classes.day}>
          <legend>{capital(formatLongDay(ofDay[0]?.startsAt ?? day, zone, locale))}</legend>
          <div className={classes.choices}>
            {ofDay.map(({ id, startsAt }) => (
              <label key={id} className={classes.choice}>
                <input
                  type="radio"
                  name="interview-time"
                  value={id}
                  checked={id === picked}
                  onChange={() => setPicked(id)}
                />
                <span>
                  {formatTime(startsAt, zone, locale)}
                  {isOtherHour(startsAt, zone, timeZone) && (
                    <small>{t('own.hourThere', { at: formatTime(startsAt, timeZone, locale) })}</small>
                  )}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <Button className="mt16" type="submit" variant="filled" size="lg" loading={busy} disabled={!chosen}>
        {chosen ? t('own.take', { at: spanWords(chosen.startsAt, chosen.endsAt, zone, locale) }) : t('own.pick')}
      </Button>
    </form>
  );
}
