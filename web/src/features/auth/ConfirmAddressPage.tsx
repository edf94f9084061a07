import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/query';
import { ButtonLink } from '../../ui/ButtonLink';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Notice } from '../../ui/State';
import { AuthFrame } from './AuthFrame';
import { Road } from './Road';

/** A button and not an effect: mail scanners open links, and must not confirm in a person's place. */
export default function ConfirmAddressPage() {
  const { t } = useTranslation('auth');
  const { token } = useParams({ from: '/confirm-address/$token' });
  const [state, setState] = useState<'asked' | 'busy' | 'done'>('asked');
  const [problem, setProblem] = useState<unknown>(null);

  const confirm = async () => {
    setState('busy');
    setProblem(null);
    try {
      await api.post('/auth/email/confirm', { token });
      setState('done');
      void queryClient.invalidateQueries({ queryKey: keys.me });
    } catch (error) {
      setProblem(error);
      setState('asked');
    }
  };

  return (
    <AuthFrame title={t('confirm.title')} lead={state === 'done' ? undefined : t('confirm.lead')} aside={<Road />}>
      <div className="stackv g16 mt24">
        <ProblemAlert error={problem} ns="auth" />
        {state === 'done' ? (
          <>
            <Notice tone="ok">{t('confirm.done')}</Notice>
            <ButtonLink to="/" variant="filled" size="lg" fullWidth>
              {t('enter')}
            </ButtonLink>
          </>
        ) : (
          <Button variant="filled" size="lg" fullWidth loading={state === 'busy'} onClick={() => void confirm()}>
            {t('confirm.act')}
          </Button>
        )}
      </div>
    </AuthFrame>
  );
}
