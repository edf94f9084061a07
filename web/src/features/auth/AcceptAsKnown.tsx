import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { enter, keepCohort, signedIn, useMaybeMe } from '../../api/session';
import { useStore } from '../../api/store';
import type { InvitationView, Me, SignedIn } from '../../api/types';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Secret } from '../../ui/secrets/Secret';
import { FixedEmail } from './FixedEmail';

async function signInFirst(email: string, password: string): Promise<Me> {
  const reply = await api.post<SignedIn>('/auth/login', { email, password });
  enter(reply);
  return reply.me;
}

/** Somebody with an account: the password if need be, then in. */
export function AcceptAsKnown({ invitation, path }: { invitation: InvitationView; path: string }) {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const alreadyIn = useStore(signedIn) === 'in';
  const me = useMaybeMe();
  const form = useForm({ initialValues: { password: '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ password }) => {
      const before = alreadyIn ? me : await signInFirst(invitation.email, password);
      const reply = await api.post<SignedIn>(`${path}/accept`, {});
      enter(reply);
      // Into the cohort that was joined, not into the one visited last.
      const joined = reply.me.memberships.find(
        ({ cohortId }) => !before?.memberships.some((one) => one.cohortId === cohortId),
      );
      if (joined) keepCohort(joined.cohortId);
      await navigate({ to: '/', replace: true });
    },
    'auth',
  );

  return (
    <form onSubmit={submit} noValidate className="stackv g16 mt24">
      <FixedEmail email={invitation.email} help={t('invitation.knownHelp')} />
      {!alreadyIn && (
        <Secret label={t('password')} size="md" autoComplete="current-password" {...form.getInputProps('password')} />
      )}
      {!alreadyIn && (
        <Link className="link" to="/forgot">
          {t('signIn.forgotten')}
        </Link>
      )}
      <ProblemAlert error={problem} ns="auth" />
      <Button type="submit" variant="filled" size="lg" fullWidth mt={8} loading={busy}>
        {t('invitation.act', { role: invitation.role })}
      </Button>
    </form>
  );
}
