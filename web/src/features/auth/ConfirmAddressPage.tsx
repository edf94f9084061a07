import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { isProblem } from '../../api/problem';
import { queryClient } from '../../api/query';
import { ButtonLink } from '../../ui/ButtonLink';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Secret } from '../../ui/secrets/Secret';
import { Notice } from '../../ui/page/State';
import { AuthFrame } from './AuthFrame';
import { Road } from './Road';

const asksForPassword = (error: unknown) => isProblem(error) && error.errors.some(({ field }) => field === '/password');

/**
 * A button and not an effect: mail scanners open links, and must not do it in a person's place. Who confirms the address of an account that they are not signed in
 * to signs in first, or, where nobody has it yet, is asked for a password of theirs.
 */
export default function ConfirmAddressPage() {
  const { t } = useTranslation('auth');
  const { token } = useParams({ from: '/confirm-address/$token' });
  const [done, setDone] = useState(false);
  const [needsPassword, setNeedsPassword] = useState(false);
  const form = useForm({ initialValues: { password: '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ password }) => {
      try {
        await api.post('/auth/email/confirm', { token, ...(needsPassword && { password }) });
      } catch (error) {
        if (needsPassword || !asksForPassword(error)) throw error;
        setNeedsPassword(true);
        return;
      }
      setDone(true);
      void queryClient.invalidateQueries({ queryKey: keys.me });
    },
    'auth',
  );

  return (
    <AuthFrame title={t('confirm.title')} lead={done ? undefined : t('confirm.lead')} aside={<Road />}>
      {done ? (
        <div className="stackv g16 mt24">
          <Notice tone="ok">{t('confirm.done')}</Notice>
          <ButtonLink to="/" variant="filled" size="lg" fullWidth>
            {t('enter')}
          </ButtonLink>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="stackv g16 mt24">
          {needsPassword && (
            <>
              <p role="status">{t('confirm.notSignedIn')}</p>
              <Secret
                label={t('newPassword')}
                description={t('passwordHelp')}
                size="md"
                autoComplete="new-password"
                autoFocus
                {...form.getInputProps('password')}
              />
            </>
          )}
          <ProblemAlert error={problem} ns="auth" />
          {isProblem(problem, 'sign_in_to_confirm') && (
            <ButtonLink to="/sign-in" search={{ next: `/confirm-address/${token}` }} size="lg" fullWidth>
              {t('signIn.act')}
            </ButtonLink>
          )}
          <Button type="submit" variant="filled" size="lg" fullWidth loading={busy}>
            {t(needsPassword ? 'confirm.withPassword' : 'confirm.act')}
          </Button>
        </form>
      )}
    </AuthFrame>
  );
}
