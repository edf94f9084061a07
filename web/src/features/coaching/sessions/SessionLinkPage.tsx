import { Button, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionByLink } from '../../../../../src/contracts/mentoring/session-links';
import { api } from '../../../api/http';
import { isProblem } from '../../../api/problem';
import { useLocale, useNow } from '../../../time/clock';
import { formatAbsolute, formatLongDay, formatRange, zoneWords } from '../../../time/format';
import { ButtonLink } from '../../../ui/ButtonLink';
import { useFieldText } from '../../../ui/forms/form';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { Notice, State } from '../../../ui/page/State';
import { AuthFrame } from '../../auth/AuthFrame';
import { LinkBoundary } from '../../auth/LinkBoundary';
import { Road } from '../../auth/Road';
import { LinkTimes } from '../booking/LinkTimes';

const MAX_REASON = 500;

/** A session of mine by the link of a mail, without a login. Buttons act, opening the link does not: mail programs open links. */
export default function SessionLinkPage() {
  const { t } = useTranslation('coaching');
  const { token } = useParams({ from: '/session/$token' });
  const query = useQuery({
    queryKey: ['session-link', token],
    queryFn: () => api.get<SessionByLink>(`/session-links/${encodeURIComponent(token)}`),
  });
  return (
    <LinkBoundary
      query={query}
      ns="coaching"
      title={t('link.tab')}
      dead={{ title: t('link.dead'), body: t('link.deadBody') }}
    >
      {(session) => <Session token={token} session={session} />}
    </LinkBoundary>
  );
}

function Session({ token, session }: { token: string; session: SessionByLink }) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const client = useQueryClient();
  const [open, setOpen] = useState<'move' | 'cancel' | null>(null);
  const [moved, setMoved] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { startsAt, endsAt, timeZone, cohortId, sessionId, revision, abilities } = session;
  /** On what one has before one's eyes; who was overtaken sees what is now. */
  const act = async (what: 'move' | 'cancel', body: object) => {
    setProblem(null);
    setMoved(false);
    try {
      const fresh = await api.post<SessionByLink>(`/session-links/${encodeURIComponent(token)}/${what}`, {
        ...body,
        revision,
      });
      client.setQueryData(['session-link', token], fresh);
      setMoved(what === 'move');
      setOpen(null);
    } catch (error) {
      if (isProblem(error, 'invalid')) throw error;
      setProblem(error);
      void client.invalidateQueries({ queryKey: ['session-link', token] });
    }
  };
  const toggle = (what: 'move' | 'cancel') => {
    setProblem(null);
    setOpen(open === what ? null : what);
  };
  const day = formatLongDay(startsAt, timeZone, locale);
  return (
    <AuthFrame
      title={t('link.title', { name: session.with })}
      lead={`${day}, ${formatRange(startsAt, endsAt, timeZone, locale)}, ${zoneWords(timeZone)}`}
      aside={<Road />}
    >
      <div className="stackv g16 mt24">
        <div aria-live="polite" className="stackv g16">
          <Standing session={session} moved={moved} />
        </div>
        <ProblemAlert error={problem} ns="coaching" />
        {abilities.move && (
          <Button size="lg" fullWidth aria-expanded={open === 'move'} onClick={() => toggle('move')}>
            {t('link.move')}
          </Button>
        )}
        {open === 'move' && abilities.move && (
          <LinkTimes session={session} problem={problem} onMove={(to) => act('move', { startsAt: to })} />
        )}
        {abilities.cancel && (
          <Button size="lg" fullWidth aria-expanded={open === 'cancel'} onClick={() => toggle('cancel')}>
            {t('link.cancel')}
          </Button>
        )}
        {open === 'cancel' && abilities.cancel && (
          <Cancel session={session} onCancel={(body) => act('cancel', body)} onKeep={() => setOpen(null)} />
        )}
        <ButtonLink
          variant="subtle"
          to="/c/$cohortId/coaching/sessions/$sessionId"
          params={{ cohortId, sessionId }}
          size="lg"
          fullWidth
        >
          {t('link.open')}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}

function Standing({ session, moved }: { session: SessionByLink; moved: boolean }) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const late = useIsLate(session);
  const { status, cancelBy, cancelledLate, timeZone } = session;
  if (status === 'cancelled')
    return <State tone="alert">{t(cancelledLate ? 'link.cancelledLate' : 'link.cancelled')}</State>;
  if (status !== 'scheduled') return <State>{t('link.settled')}</State>;
  return (
    <>
      {moved && <State tone="ok">{t('link.moved')}</State>}
      {late ? (
        <Notice tone="wait">{t('link.late')}</Notice>
      ) : (
        <p>{t('link.by', { at: formatAbsolute(cancelBy, timeZone, locale) })}</p>
      )}
    </>
  );
}

/** As the server said it, and while the page stays open. */
function useIsLate({ late, cancelBy }: SessionByLink): boolean {
  return useNow() > Date.parse(cancelBy) || late;
}

interface CancelProps {
  session: SessionByLink;
  onCancel: (body: { reason: string; late: boolean }) => Promise<void>;
  onKeep: () => void;
}

function Cancel({ session, onCancel, onKeep }: CancelProps) {
  const { t } = useTranslation('coaching');
  const fieldText = useFieldText('coaching');
  const late = useIsLate(session);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    try {
      await onCancel({ reason, late });
    } catch (error) {
      const field = isProblem(error) ? error.errors[0] : undefined;
      if (field) setWrong(fieldText(field.code, field.params));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void cancel();
      }}
    >
      <p>{t('cancel.then')}</p>
      <Textarea
        mt="md"
        label={t('cancel.reason')}
        required
        withAsterisk={false}
        autoFocus
        autosize
        minRows={2}
        maxLength={MAX_REASON}
        value={reason}
        error={wrong}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setWrong(null);
        }}
      />
      <div className="row mt16">
        <Button type="submit" variant="filled" color="corde" loading={busy}>
          {t(late ? 'link.cancelLate' : 'link.cancel')}
        </Button>
        <Button variant="subtle" onClick={onKeep}>
          {t('cancel.keep')}
        </Button>
      </div>
    </form>
  );
}
