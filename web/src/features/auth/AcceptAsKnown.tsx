import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { enter, signedIn } from '../../api/session';
import { useStore } from '../../api/store';
import type { InvitationView, SignedIn } from '../../api/types';
import { useSubmit } from '../../ui/form';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Secret } from '../../ui/Secret';
import { FixedEmail } from './FixedEmail';

/** Somebody with an account: the password if need be, then in. */
export function AcceptAsKnown({ invitation, path }: { invitation: InvitationView; path: string }) {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const alreadyIn = useStore(signedIn) === 'in';
  const form = useForm({ initialValues: { password: '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ password }) => {
      if (!alreadyIn) enter(await api.post<SignedIn>('/auth/login', { email: invitation.email, password }));
      enter(await api.post<SignedIn>(`${path}/accept`, {}));
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
