import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UndoEmail } from '../../../../src/contracts/auth/auth';
import { api } from '../../api/http';
import { isProblem } from '../../api/problem';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Notice } from '../../ui/page/State';
import { AuthFrame } from './AuthFrame';
import { Road } from './Road';

/**
 * A button and not an effect: mail scanners open links, and must not do it in a person's place. Where the address has another account by now, theirs is out of other
 * hands all the same, and they are asked at which address it shall be.
 */
export default function UndoAddressPage() {
  const { t } = useTranslation('auth');
  const { token } = useParams({ from: '/undo-address/$token' });
  const [isTaken, setTaken] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (value) => (isTaken && value.trim() === '' ? t('signIn.emailMissing') : null) },
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ email }) => {
      const body: UndoEmail = { token, ...(isTaken && { email }) };
      try {
        await api.post('/auth/email/undo', body);
        setDone(isTaken ? t('undo.sent', { email: email.trim() }) : t('undo.done'));
      } catch (error) {
        if (!isProblem(error) || error.code !== 'email_taken') throw error;
        setTaken(true);
      }
    },
    'auth',
  );

  return (
    <AuthFrame title={t('undo.title')} lead={done || isTaken ? undefined : t('undo.lead')} aside={<Road />}>
      {done ? (
        <div className="mt24">
          <Notice tone="ok">{done}</Notice>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="stackv g16 mt24">
          {isTaken && (
            <>
              <p role="status">{t('undo.taken')}</p>
              <TextInput
                label={t('undo.another')}
                type="email"
                size="md"
                autoComplete="email"
                autoFocus
                {...form.getInputProps('email')}
              />
            </>
          )}
          <ProblemAlert error={problem} ns="auth" />
          <Button type="submit" variant="filled" size="lg" fullWidth loading={busy}>
            {t(isTaken ? 'undo.send' : 'undo.act')}
          </Button>
        </form>
      )}
    </AuthFrame>
  );
}
