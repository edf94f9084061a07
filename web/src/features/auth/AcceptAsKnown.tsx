import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { enter, signedIn, useMaybeMe } from '../../api/session';
import { useStore } from '../../api/store';
import type { Me, SignedIn } from '../../api/types';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Secret } from '../../ui/secrets/Secret';
import { FixedEmail } from './FixedEmail';

interface AcceptAsKnownProps {
  email: string;
  path: string;
  /** The verb of its button. */
  act: string;
  /** Where it goes from here: `now` is who came in, `before` who they were. */
  onIn: (now: Me, before: Me | undefined) => Promise<void>;
}

async function signInFirst(email: string, password: string): Promise<Me> {
  const reply = await api.post<SignedIn>('/auth/login', { email, password });
  enter(reply);
  return reply.me;
}

/** Somebody with an account: the password if need be, then in. */
export function AcceptAsKnown({ email, path, act, onIn }: AcceptAsKnownProps) {
  const { t } = useTranslation('auth');
  const alreadyIn = useStore(signedIn) === 'in';
  const me = useMaybeMe();
  const form = useForm({ initialValues: { password: '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ password }) => {
      const before = alreadyIn ? me : await signInFirst(email, password);
      const reply = await api.post<SignedIn>(`${path}/accept`, {});
      enter(reply);
      await onIn(reply.me, before);
    },
    'auth',
  );

  return (
    <form onSubmit={submit} noValidate className="stackv g16 mt24">
      <FixedEmail email={email} help={t('invitation.knownHelp')} />
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
        {act}
      </Button>
    </form>
  );
}
