import { Button, Skeleton } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResetView } from '../../../../src/contracts/auth/auth';
import { api } from '../../api/http';
import { isMissing, isProblem } from '../../api/problem';
import { ButtonLink } from '../../ui/ButtonLink';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Secret } from '../../ui/secrets/Secret';
import { Notice } from '../../ui/page/State';
import { AuthFrame } from './AuthFrame';
import { FirstPassword } from './FirstPassword';
import { Road } from './Road';

/** The link that sets a password: the first one of an account, or a new one. */
export default function ResetPage() {
  const { t } = useTranslation('auth');
  const { token } = useParams({ from: '/reset/$token' });
  const query = useQuery({
    queryKey: ['reset', token],
    queryFn: () => api.get<ResetView>(`/auth/password/reset/${encodeURIComponent(token)}`),
    staleTime: Infinity,
  });
  if (query.data)
    return query.data.first ? <FirstPassword token={token} name={query.data.name} /> : <Reset token={token} />;
  const isOver = isMissing(query.error) || isProblem(query.error, 'link_used_up');
  return (
    <AuthFrame title={t('reset.title')} aside={<Road />}>
      <div className="mt24 stackv g16">
        {!query.error && <Skeleton height={44} />}
        {isOver && <Notice tone="alert">{t('problems.link_used_up')}</Notice>}
        {isOver && (
          <Link className="link" to="/forgot">
            {t('reset.again')}
          </Link>
        )}
        {query.error && !isOver && <ProblemAlert error={query.error} ns="auth" onRetry={() => void query.refetch()} />}
      </div>
    </AuthFrame>
  );
}

function Reset({ token }: { token: string }) {
  const { t } = useTranslation('auth');
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
