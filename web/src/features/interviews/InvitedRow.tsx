import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { PanelInterview } from '../../../../src/contracts/selection/interviews';
import { useLocale } from '../../time/clock';
import { formatShortDay, formatTime } from '../../time/format';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { formatScore } from '../../ui/scores';
import { toastProblem } from '../../ui/toast';
import { said } from '../apply/call/timing';
import { VERDICTS } from '../reviews/review';
import { type OfCall, useInterviewActs } from './queries';

/** What is asked of one who is invited, in a dialog. */
export type AskedOfRow = 'callOff' | 'notes' | 'set';

interface InvitedRowProps {
  of: OfCall;
  one: PanelInterview;
  timeZone: string;
  /** Whether the panel has a time left to take. */
  hasFree: boolean;
  onAsk: (what: AskedOfRow) => void;
}

/** One who is invited, as staff see it: when it is, how it stands, and what they can do. */
export function InvitedRow({ of, one, timeZone, hasFree, onAsk }: InvitedRowProps) {
  const { t } = useTranslation('interviews');
  const locale = useLocale();
  const problemText = useProblemText('interviews');
  const { mark } = useInterviewActs(of);
  const marking = useMutation({
    mutationFn: (missed: boolean) => mark(one.id, { missed }),
    onError: (error) => toastProblem(problemText(error)),
  });
  const hasMissed = one.missedAt !== null;
  const name = one.name || one.number;
  const at = (instant: string) => ({
    day: formatShortDay(instant, timeZone, locale),
    time: formatTime(instant, timeZone, locale),
  });
  return (
    <li className="row wrap">
      <div className="grow">
        <b>{name || t('ended')}</b>{' '}
        <span className="t2">{[one.number, one.craft && said(one.craft, locale)].filter(Boolean).join(', ')}</span>
        <div className="t2">
          {one.startsAt ? t('files.at', at(one.startsAt)) : t(`states.${one.state}`)}
          {hasMissed && (
            <>
              {' · '}
              <b>{t('attendance.missed')}</b>
            </>
          )}
          {one.missed.map((startsAt) => (
            <Fragment key={startsAt}> · {t('attendance.earlier', at(startsAt))}</Fragment>
          ))}
          {one.state === 'to-choose' && one.remindedAt && (
            <> · {t('files.reminded', { day: formatShortDay(one.remindedAt, timeZone, locale) })}</>
          )}
          {one.refusedAt && <> · {t('files.refused')}</>}
          {one.mean !== null && <> · {t('files.mean', { mean: formatScore(one.mean, locale) })}</>}
          {VERDICTS.filter((verdict) => one.verdicts[verdict] > 0).map((verdict) => (
            <Fragment key={verdict}>
              {' · '}
              {t('files.verdict', { verdict: t(`verdict.${verdict}`), count: one.verdicts[verdict] })}
            </Fragment>
          ))}
        </div>
      </div>
      {one.handedIn > 0 && !one.isOwn && (
        <Button size="sm" onClick={() => onAsk('notes')}>
          {t('notes.open', { count: one.handedIn })}
        </Button>
      )}
      {hasFree && one.abilities.set && (
        <Button
          size="sm"
          variant="subtle"
          aria-label={t(one.startsAt ? 'set.moveNamed' : 'set.named', { name })}
          onClick={() => onAsk('set')}
        >
          {t(one.startsAt ? 'set.move' : 'set.act')}
        </Button>
      )}
      {one.abilities.mark && (
        <Button
          size="sm"
          variant="subtle"
          loading={marking.isPending}
          aria-label={t(hasMissed ? 'attendance.undoNamed' : 'attendance.markNamed', { name })}
          onClick={() => marking.mutate(!hasMissed)}
        >
          {t(hasMissed ? 'attendance.undo' : 'attendance.mark')}
        </Button>
      )}
      {one.abilities.callOff && (
        <Button size="sm" variant="subtle" aria-label={t('callOff.named', { name })} onClick={() => onAsk('callOff')}>
          {t('callOff.act')}
        </Button>
      )}
    </li>
  );
}
