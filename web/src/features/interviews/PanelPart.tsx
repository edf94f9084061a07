import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InterviewPanel, InterviewTime, PanelInterview } from '../../../../src/contracts/selection/interviews';
import { listOf } from '../../i18n/list-of';
import { useLocale, useNow } from '../../time/clock';
import { ConfirmDialog } from '../../ui/confirm';
import { Part } from '../../ui/forms/Part';
import { Group } from '../../ui/page/Group';
import { lazyPart } from '../../ui/page/lazy-part';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../ui/toast';
import classes from './interviews.module.css';
import { type AskedOfRow, InvitedRow } from './InvitedRow';
import { Place } from './Place';
import { type OfCall, useInterviewActs } from './queries';
import { Times } from './Times';
import { freeTimes } from './times';

const OfferDialog = lazyPart(() => import('./OfferDialog'));
const InviteDialog = lazyPart(() => import('./InviteDialog'));
const SetTimeDialog = lazyPart(() => import('./SetTimeDialog'));
const NotesDialog = lazyPart(() => import('./NotesDialog'));

type Asked =
  | { what: 'offer' | 'invite' | 'delete' }
  | { what: 'takeAway'; time: InterviewTime }
  | { what: AskedOfRow; interview: PanelInterview };

interface PanelPartProps {
  of: OfCall;
  panel: InterviewPanel;
  timeZone: string;
  mayEdit: boolean;
  onChange: () => void;
}

/** A panel as staff plan it: its times, who has chosen, and who has still to. */
export function PanelPart({ of, panel, timeZone, mayEdit, onChange }: PanelPartProps) {
  const { t } = useTranslation('interviews');
  const locale = useLocale();
  const problemText = useProblemText('interviews');
  const acts = useInterviewActs(of);
  const [asking, setAsking] = useState<Asked | null>(null);
  const hasFree = freeTimes(panel, useNow()).length > 0;
  const close = () => setAsking(null);
  const reminding = useMutation({
    mutationFn: () => acts.remind(panel.id),
    onSuccess: ({ reminded }) => toast(t('reminded', { count: reminded })),
    onError: (error) => toastProblem(problemText(error)),
  });
  const { name, times, interviews, members, place, phone, minutes } = panel;
  const byId = new Map(interviews.map((one) => [one.id, one]));
  const waiting = interviews.filter(({ state }) => state === 'to-choose');
  const free = times.filter(({ interviewId }) => interviewId === null).length;
  const people = members.map((one) => (one.isThere ? one.name : t('panel.hasLeft')));
  const taken = asking?.what === 'takeAway' ? byId.get(asking.time.interviewId ?? '') : undefined;
  const called = asking?.what === 'callOff' ? asking.interview : null;
  return (
    <section className="mt24" aria-label={name}>
      <div className={`row wrap between ${classes.head}`}>
        <div>
          <h2>{name}</h2>
          <p className="t2">
            {[listOf(people, locale), phone, t('minutes', { count: minutes })].filter(Boolean).join(' · ')}
            {' · '}
            <Place place={place} />
          </p>
        </div>
        {mayEdit && (
          <div className="row wrap">
            <Button size="sm" variant="filled" onClick={() => setAsking({ what: 'invite' })}>
              {t('invite.open')}
            </Button>
            <Button size="sm" onClick={() => setAsking({ what: 'offer' })}>
              {t('offer.open')}
            </Button>
            <Button size="sm" variant="subtle" onClick={onChange}>
              {t('panel.change')}
            </Button>
            {interviews.length === 0 && (
              <Button size="sm" variant="subtle" onClick={() => setAsking({ what: 'delete' })}>
                {t('panel.delete')}
              </Button>
            )}
          </div>
        )}
      </div>
      {members.length === 0 && <p className="t2 mt12">{t('panel.nobody')}</p>}
      {times.length === 0 ? (
        <p className="t2 mt12">{t('times.none')}</p>
      ) : (
        <Group
          title={t('times.title')}
          right={
            <>
              {t('times.left', { count: free })}
              {' · '}
              <Link
                className="link"
                to="/c/$cohortId/calls/$callId/interviews/$panelId"
                params={{ ...of, panelId: panel.id }}
              >
                {t('sheet.open')}
              </Link>
            </>
          }
          className="mt16"
        >
          <Times
            times={times}
            zone={timeZone}
            takenBy={({ interviewId }) => {
              if (interviewId === null) return null;
              const one = byId.get(interviewId);
              const called = one?.name || one?.number || t('ended');
              return {
                who: called,
                name: called,
                ...(one && one.moves > 0 && { how: t('moves', { count: one.moves }) }),
                ...(one?.missedAt && { how: t('attendance.missed') }),
              };
            }}
            onTakeAway={mayEdit ? (time) => setAsking({ what: 'takeAway', time }) : undefined}
          />
        </Group>
      )}
      {interviews.length > 0 && (
        <Group
          title={t('files.title')}
          count={interviews.length}
          className="mt16"
          right={
            mayEdit &&
            waiting.length > 0 && (
              <Button size="sm" variant="subtle" loading={reminding.isPending} onClick={() => reminding.mutate()}>
                {t('remind', { count: waiting.length })}
              </Button>
            )
          }
        >
          <ul className="list tight">
            {interviews.map((one) => (
              <InvitedRow
                key={one.id}
                {...{ of, one, timeZone, hasFree }}
                onAsk={(what) => setAsking({ what, interview: one })}
              />
            ))}
          </ul>
        </Group>
      )}
      <Part lost="over">
        {asking?.what === 'offer' && (
          <OfferDialog {...{ panel, timeZone }} offer={(body) => acts.offer(panel.id, body)} onClose={close} />
        )}
        {asking?.what === 'invite' && <InviteDialog {...{ of, panel }} onClose={close} />}
        {asking?.what === 'set' && (
          <SetTimeDialog {...{ of, panel, timeZone }} interview={asking.interview} onClose={close} />
        )}
        {asking?.what === 'notes' && <NotesDialog of={of} interview={asking.interview} onClose={close} />}
      </Part>
      <ConfirmDialog
        opened={asking?.what === 'takeAway'}
        onClose={close}
        title={t('times.takeAwayTitle')}
        act={t('times.takeAway')}
        ns="interviews"
        onConfirm={async () => {
          if (asking?.what === 'takeAway') await acts.takeAway(asking.time.id);
        }}
      >
        {taken ? t('times.takeAwayTaken', { name: taken.name || taken.number }) : t('times.takeAwayFree')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={called !== null}
        onClose={close}
        title={t('callOff.title', { name: called?.name || called?.number || '' })}
        act={t('callOff.confirm')}
        ns="interviews"
        danger
        onConfirm={async () => {
          if (called) await acts.callOff(called.id);
        }}
      >
        {t('callOff.what')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking?.what === 'delete'}
        onClose={close}
        title={t('panel.deleteTitle', { panel: name })}
        act={t('panel.delete')}
        ns="interviews"
        onConfirm={() => acts.remove(panel.id)}
      >
        {t('panel.deleteWhat')}
      </ConfirmDialog>
    </section>
  );
}
