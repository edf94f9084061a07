import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForgotPassword } from '../../../../src/contracts/auth/auth';
import { api } from '../../api/http';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Notice } from '../../ui/page/State';
import { AuthFrame } from './AuthFrame';
import { Road } from './Road';

export default function ForgotPage() {
  const { t } = useTranslation('auth');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm<ForgotPassword>({
    initialValues: { email: '' },
    validate: { email: (value) => (value.trim() === '' ? t('signIn.emailMissing') : null) },
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      await api.post('/auth/password/forgot', values);
      setSentTo(values.email.trim());
    },
    'auth',
  );

  return (
    <AuthFrame title={t('forgot.title')} lead={sentTo === null ? t('forgot.lead') : undefined} aside={<Road />}>
      {sentTo === null ? (
        <form onSubmit={submit} noValidate className="stackv g16 mt24">
          <TextInput
            label={t('email')}
            type="email"
            size="md"
            autoComplete="username"
            autoFocus
            {...form.getInputProps('email')}
          />
          <ProblemAlert error={problem} ns="auth" />
          <Button type="submit" variant="filled" size="lg" fullWidth mt={8} loading={busy}>
            {t('forgot.act')}
          </Button>
        </form>
      ) : (
        <div className="mt24">
          <Notice tone="ok">{t('forgot.sent', { email: sentTo })}</Notice>
        </div>
      )}
      <p className="mt16">
        <Link className="link" to="/sign-in">
          {t('backToSignIn')}
        </Link>
      </p>
    </AuthFrame>
  );
}
