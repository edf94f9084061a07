import { Button, Checkbox } from '@mantine/core';
import { IconCopy, IconMail } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '../../../../src/contracts/cohorts/cohorts';
import type { LetterOutcome } from '../../../../src/contracts/cohorts/invitation-letters';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort } from '../../api/session';
import { ConfirmDialog } from '../../ui/confirm';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { State, type Tone } from '../../ui/page/State';
import { toast, toastProblem } from '../../ui/toast';
import { When } from '../../ui/times/When';
import classes from './people.module.css';
import { isDone, isOpen, isUnsent } from './sending';

const TONES: Record<Invitation['state'], Tone | undefined> = {
  pending: 'wait',
  accepted: 'ok',
  expired: 'alert',
  revoked: undefined,
};

/** That somebody else has sent it, or has called the day off, is no failure. */
const CALM: ReadonlySet<LetterOutcome> = new Set(['asked_before', 'sent_before', 'nothing_planned']);
const toneOf = (outcome: LetterOutcome): Tone => (isDone(outcome) ? 'ok' : CALM.has(outcome) ? 'wait' : 'alert');

interface InvitationRowProps {
  invitation: Invitation;
  cohortId: string;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  /** What became of its letter when it was asked for with others. */
  outcome: LetterOutcome | undefined;
}

/** One invitation: how it and its letter stand, and what can be done with it. */
export function InvitationRow({ invitation, cohortId, isChosen, onChoose, outcome }: InvitationRowProps) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const text = useProblemText('people');
  const [revoking, setRevoking] = useState(false);
  const [busy, setBusy] = useState(false);
  const path = `/cohorts/${cohortId}/invitations/${invitation.id}`;
  const { name, url } = invitation;
  const unsent = isUnsent(invitation);
  const refresh = () => client.invalidateQueries({ queryKey: keys.in(cohortId, 'invitations') });

  const send = async () => {
    if (busy) return;
    setBusy(true);
    try {
      // It may have gone while the page was open: then no second one goes.
      const after = await api.post<Invitation>(`${path}/send${unsent ? '?firstOnly=true' : ''}`);
      toast(t(!unsent ? 'sent.again' : after.sentAt === null ? 'one.sent' : 'sent.before', { name }));
      await refresh();
    } catch (error) {
      toastProblem(text(error));
    } finally {
      setBusy(false);
    }
  };
  const copy = (link: string) => void navigator.clipboard.writeText(link).then(() => toast(t('sent.copied', { name })));
  const revoke = async () => {
    await api.delete(path);
    await refresh();
  };

  return (
    <li className={`wrap ${classes.invitation}`}>
      {isOpen(invitation) ? (
        <Checkbox
          aria-label={t('chosen.choose', { name })}
          checked={isChosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      ) : (
        <span className={classes.noChoice} />
      )}
      <div className="grow">
        <span className="title">{name}</span> <span className="t2">{invitation.email}</span>
        <Standing invitation={invitation} />
        {outcome && !(outcome === 'under_way' && invitation.letter === 'sent') && (
          <p className="mt4">
            <State tone={toneOf(outcome)}>{t(`chosen.outcomes.${outcome}`)}</State>
          </p>
        )}
      </div>
      {isOpen(invitation) && (
        <div className="row">
          {url && (
            <Button
              size="sm"
              leftSection={<Icon of={IconCopy} size={16} />}
              aria-label={t('sent.copyFor', { name })}
              onClick={() => copy(url)}
            >
              {t('sent.copy')}
            </Button>
          )}
          <Button
            size="sm"
            aria-disabled={busy}
            aria-label={t(unsent ? 'sent.sendNowFor' : 'sent.sendFor', { name })}
            onClick={() => void send()}
          >
            {t(unsent ? 'sent.sendNow' : 'sent.send')}
          </Button>
          <Button
            size="sm"
            variant="subtle"
            color="corde"
            aria-label={t('sent.revokeFor', { name })}
            onClick={() => setRevoking(true)}
          >
            {t('sent.revoke')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        opened={revoking}
        onClose={() => setRevoking(false)}
        title={t('sent.revokeTitle', { name })}
        act={t('sent.revokeAct')}
        ns="people"
        onConfirm={revoke}
      >
        {t(unsent ? 'sent.revokeUnsent' : 'sent.revokeBody')}
      </ConfirmDialog>
    </li>
  );
}

/** Role, project, and how the invitation and its letter stand. */
function Standing({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation('people');
  const zone = useCohort()?.timeZone;
  const { state, letter, refused, sentAt, sendAt } = invitation;
  const isKept = isUnsent(invitation) && letter === 'kept';
  return (
    <div className="meta">
      <span>
        {t(`common:roles.${invitation.role}`)}
        {invitation.projectName && `, ${invitation.projectName}`}
      </span>
      {isKept && state === 'pending' && <State icon={IconMail}>{t('sent.notYet')}</State>}
      {!(isUnsent(invitation) && state === 'pending') && <State tone={TONES[state]}>{t(`sent.states.${state}`)}</State>}
      {refused && state !== 'accepted' && (
        <State tone="alert">{t('sent.refused', { answer: refused.answer ?? 'none' })}</State>
      )}
      {sentAt && (
        <span>
          {t('sent.at')} <When at={sentAt} />
        </span>
      )}
      {sendAt && isOpen(invitation) && (
        <State tone="wait">
          <span>
            {t(sentAt ? 'sent.goesAgain' : 'sent.goes')} <When at={sendAt} {...(zone && { zone })} />
          </span>
        </State>
      )}
      {isOpen(invitation) && letter === 'failed' && <State tone="alert">{t('sent.failed')}</State>}
      {isOpen(invitation) && letter === 'under_way' && <span>{t('sent.underWay')}</span>}
    </div>
  );
}
