import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { Problem } from '../../api/problem';
import { signedIn, signOut, useMaybeMe } from '../../api/session';
import { useStore } from '../../api/store';
import type { InvitationView } from '../../api/types';
import { ButtonLink } from '../../ui/ButtonLink';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { AcceptAsKnown } from './AcceptAsKnown';
import { AcceptAsNew } from './AcceptAsNew';
import { AuthFrame } from './AuthFrame';
import { Awaits } from './Awaits';
import { Road } from './Road';

/** An invitation: who asks me in, as what, and the few answers it takes. */
export default function InvitationPage() {
  const { t } = useTranslation('auth');
  const { token } = useParams({ from: '/invitation/$token' });
  const path = `/auth/invitations/${encodeURIComponent(token)}`;
  const query = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.get<InvitationView>(path),
    staleTime: Infinity,
  });

  if (query.data) return <Open invitation={query.data} path={path} />;
  if (query.error instanceof Problem && !query.error.temporary) return <Over />;
  return (
    <AuthFrame title={t('invitation.tab')} aside={<Road />}>
      <div className="mt24 stackv g16">
        {query.error ? (
          <ProblemAlert error={query.error} ns="auth" onRetry={() => void query.refetch()} />
        ) : (
          [1, 2, 3].map((field) => <Skeleton key={field} height={44} />)
        )}
      </div>
    </AuthFrame>
  );
}

function Open({ invitation, path }: { invitation: InvitationView; path: string }) {
  const { t } = useTranslation('auth');
  const state = useStore(signedIn);
  const me = useMaybeMe();
  const [saysKnown, setSaysKnown] = useState(false);
  const somebodyElse = state === 'in' && me !== undefined && me.email !== invitation.email;
  const isMe = state === 'in' && me?.email === invitation.email;
  // Who holds a copied link is not told whether there is an account: they say so.
  const asKnown = isMe || (invitation.known ?? saysKnown);
  const key = `lead${asKnown ? 'Known' : ''}${invitation.invitedBy ? 'By' : ''}`;
  const lead = t(`invitation.${key}`, { by: invitation.invitedBy, role: invitation.role });

  return (
    <AuthFrame
      title={t('invitation.title', { cohort: invitation.cohortName })}
      lead={lead}
      colour={invitation.cohortColor}
      aside={<Awaits invitation={invitation} />}
      asideOnPhone
    >
      {somebodyElse ? (
        <SomebodyElse name={me.name} />
      ) : asKnown ? (
        <AcceptAsKnown invitation={invitation} path={path} />
      ) : (
        <AcceptAsNew invitation={invitation} path={path} onKnown={() => setSaysKnown(true)} />
      )}
      {invitation.known === null && !isMe && !somebodyElse && (
        <p className="mt16">
          <button type="button" className="link" onClick={() => setSaysKnown(!saysKnown)}>
            {t(saysKnown ? 'invitation.iAmNew' : 'invitation.iHaveAccount')}
          </button>
        </p>
      )}
    </AuthFrame>
  );
}

/** Signed in as another person on this device: an invitation is never taken by accident. */
function SomebodyElse({ name }: { name: string }) {
  const { t } = useTranslation('auth');
  return (
    <div className="mt24">
      <p className="md">{t('invitation.somebodyElse', { name })}</p>
      <div className="row mt16">
        <button type="button" className="link" onClick={() => void signOut()}>
          {t('invitation.signOutFirst')}
        </button>
      </div>
    </div>
  );
}

function Over() {
  const { t } = useTranslation('auth');
  const isIn = useStore(signedIn) === 'in';
  return (
    <AuthFrame title={t('invitation.over')} lead={isIn ? undefined : t('invitation.overBody')} aside={<Road />}>
      <div className="row mt24">
        <ButtonLink to={isIn ? '/' : '/sign-in'} variant="filled" size="lg">
          {t(isIn ? 'enter' : 'signIn.act')}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}
