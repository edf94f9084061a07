import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangePassword } from '../../../../src/contracts/auth/auth';
import { api } from '../../api/http';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Secret } from '../../ui/secrets/Secret';
import { State } from '../../ui/page/State';
import { sessionsKey } from './Sessions';
import classes from './settings.module.css';

export function PasswordForm() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const [changed, setChanged] = useState(false);
  const form = useForm<ChangePassword>({ initialValues: { currentPassword: '', password: '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      await api.post('/me/password', values);
      form.reset();
      setChanged(true);
      await client.invalidateQueries({ queryKey: sessionsKey });
    },
    'settings',
  );

  return (
    <form onSubmit={submit} noValidate className={`stackv g16 mt24 ${classes.form}`}>
      <Secret
        label={t('password.current')}
        autoComplete="current-password"
        {...form.getInputProps('currentPassword')}
      />
      <Secret
        label={t('password.new')}
        description={t('password.help')}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      <ProblemAlert error={problem} ns="settings" />
      <div className="row g12">
        <Button type="submit" loading={busy} disabled={form.values.password === ''}>
          {t('password.act')}
        </Button>
        <span role="status">{changed && <State tone="ok">{t('password.done')}</State>}</span>
      </div>
    </form>
  );
}
