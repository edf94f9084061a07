import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepCohort, signedIn, useMaybeMe } from '../../api/session';
import { useStore } from '../../api/store';
import type { InvitationView, Me } from '../../api/types';
import { ButtonLink } from '../../ui/ButtonLink';
import { AcceptAsKnown } from './AcceptAsKnown';
import { AcceptAsNew } from './AcceptAsNew';
import { AuthFrame } from './AuthFrame';
import { Awaits } from './Awaits';
import { OpenedLink } from './OpenedLink';
import { Road } from './Road';
import { SomebodyElse } from './SomebodyElse';

/** An invitation: who asks me in, as what, and the few answers it takes. */
export default function InvitationPage() {
  const { t } = useTranslation('auth');
  const { token } = useParams({ from: '/invitation/$token' });
  const path = `/auth/invitations/${encodeURIComponent(token)}`;
  return (
    <OpenedLink<InvitationView> path={path} tab={t('invitation.tab')} over={<Over />}>
      {(invitation) => <Open invitation={invitation} path={path} />}
    </OpenedLink>
  );
}

function Open({ invitation, path }: { invitation: InvitationView; path: string }) {
  const { t } = useTranslation('auth');
  const state = useStore(signedIn);
  const me = useMaybeMe();
  const navigate = useNavigate();
  const [saysKnown, setSaysKnown] = useState(false);
  const somebodyElse = state === 'in' && me !== undefined && me.email !== invitation.email;
  const isMe = state === 'in' && me?.email === invitation.email;
  // Who holds a copied link is not told whether there is an account: they say so.
  const asKnown = isMe || (invitation.known ?? saysKnown);
  const key = `lead${asKnown ? 'Known' : ''}${invitation.invitedBy ? 'By' : ''}`;
  const lead = t(`invitation.${key}`, { by: invitation.invitedBy, role: invitation.role });

  const act = t('invitation.act', { role: invitation.role });
  const goIn = () => navigate({ to: '/', replace: true });
  const join = async (now: Me, before: Me | undefined) => {
    // Into the cohort that was joined, not into the one visited last.
    const joined = now.memberships.find(
      ({ cohortId }) => !before?.memberships.some((one) => one.cohortId === cohortId),
    );
    if (joined) keepCohort(joined.cohortId);
    await goIn();
  };

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
        <AcceptAsKnown {...{ email: invitation.email, path, act }} onIn={join} />
      ) : (
        <AcceptAsNew
          {...{ invited: invitation, path, act }}
          confirms={invitation.known === null}
          onIn={goIn}
          onKnown={() => setSaysKnown(true)}
        />
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
