import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link, Navigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Login } from '../../../../src/contracts/auth/auth';
import { api } from '../../api/http';
import { enter, signedIn } from '../../api/session';
import { useStore } from '../../api/store';
import { ending } from '../../api/token';
import type { SignedIn } from '../../api/types';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Secret } from '../../ui/secrets/Secret';
import { Notice } from '../../ui/page/State';
import classes from './auth.module.css';
import { AuthFrame } from './AuthFrame';
import { Road } from './Road';

/** Only an address of this app: a link from elsewhere must not send people away after they signed in. */
const safe = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : '/');

export default function SignInPage() {
  const { t } = useTranslation('auth');
  const { next } = useSearch({ from: '/sign-in' });
  const state = useStore(signedIn);
  const because = useStore(ending);
  const form = useForm<Login>({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? t('signIn.emailMissing') : null),
      password: (value) => (value === '' ? t('signIn.passwordMissing') : null),
    },
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => enter(await api.post<SignedIn>('/auth/login', values)),
    'auth',
  );
  if (state === 'in') return <Navigate to={safe(next)} replace />;

  return (
    <AuthFrame title={t('title')} lead={t('signIn.lead')} aside={<Road />}>
      {because && problem === null && (
        <div className="mt24">
          <Notice tone={because === 'reuse' ? 'alert' : 'wait'}>{t(`signIn.ended.${because}`)}</Notice>
        </div>
      )}
      <form onSubmit={submit} noValidate className="stackv g16 mt24">
        <TextInput
          label={t('email')}
          type="email"
          size="md"
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
        <div>
          <div className={classes.labelled}>
            <label className="med" htmlFor="password">
              {t('password')}
            </label>
            <Link className="link" to="/forgot">
              {t('signIn.forgotten')}
            </Link>
          </div>
          <Secret id="password" mt={4} size="md" autoComplete="current-password" {...form.getInputProps('password')} />
        </div>
        <ProblemAlert error={problem} ns="auth" />
        <Button type="submit" variant="filled" size="lg" fullWidth mt={8} loading={busy}>
          {t('signIn.act')}
        </Button>
        <p className="t2">{t('signIn.noAccount')}</p>
      </form>
    </AuthFrame>
  );
}
