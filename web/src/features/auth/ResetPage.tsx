import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { isProblem } from '../../api/problem';
import { ButtonLink } from '../../ui/ButtonLink';
import { useSubmit } from '../../ui/form';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Secret } from '../../ui/Secret';
import { Notice } from '../../ui/State';
import { AuthFrame } from './AuthFrame';
import { Road } from './Road';

export default function ResetPage() {
  const { t } = useTranslation('auth');
  const { token } = useParams({ from: '/reset/$token' });
  const [done, setDone] = useState(false);
  const form = useForm({ initialValues: { password: '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ password }) => {
      await api.post('/auth/password/reset', { token, password });
      setDone(true);
    },
    'auth',
  );

  if (done) {
    return (
      <AuthFrame title={t('reset.done')} aside={<Road />}>
        <div className="mt24 stackv g16">
          <Notice tone="ok">{t('reset.doneBody')}</Notice>
          <ButtonLink to="/sign-in" variant="filled" size="lg" fullWidth>
            {t('signIn.act')}
          </ButtonLink>
        </div>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('reset.title')} lead={t('reset.lead')} aside={<Road />}>
      <form onSubmit={submit} noValidate className="stackv g16 mt24">
        <Secret
          label={t('newPassword')}
          description={t('passwordHelp')}
          size="md"
          autoComplete="new-password"
          autoFocus
          {...form.getInputProps('password')}
        />
        <ProblemAlert error={problem} ns="auth" />
        <Button type="submit" variant="filled" size="lg" fullWidth mt={8} loading={busy}>
          {t('reset.act')}
        </Button>
        {isProblem(problem, 'link_used_up') && (
          <Link className="link" to="/forgot">
            {t('reset.again')}
          </Link>
        )}
      </form>
    </AuthFrame>
  );
}
