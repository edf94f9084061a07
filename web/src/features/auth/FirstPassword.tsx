import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { enter } from '../../api/session';
import type { SignedIn } from '../../api/types';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Secret } from '../../ui/secrets/Secret';
import { AuthFrame } from './AuthFrame';
import { Road } from './Road';

/** Somebody's first time here: their name, a password, and in. */
export function FirstPassword({ token, name }: { token: string; name: string | null }) {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name: name ?? '', password: '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      enter(await api.post<SignedIn>('/auth/password/first', { token, ...values }));
      await navigate({ to: '/', replace: true });
    },
    'auth',
  );
  return (
    <AuthFrame title={t('first.title')} lead={t('first.lead')} aside={<Road />}>
      <form onSubmit={submit} noValidate className="stackv g16 mt24">
        <TextInput
          label={t('invitation.name')}
          size="md"
          autoComplete="name"
          autoFocus
          {...form.getInputProps('name')}
        />
        <Secret
          label={t('invitation.password')}
          description={t('passwordHelp')}
          size="md"
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <ProblemAlert error={problem} ns="auth" />
        <Button type="submit" variant="filled" size="lg" fullWidth mt={8} loading={busy}>
          {t('first.act')}
        </Button>
      </form>
    </AuthFrame>
  );
}
