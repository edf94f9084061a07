import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ChangeEmail } from '../../../../src/contracts/auth/auth';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Secret } from '../../ui/secrets/Secret';
import { Notice } from '../../ui/page/State';
import classes from './settings.module.css';

/** The address I sign in with. A new one is asked to confirm; the old one is told. */
export function AddressForm() {
  const { t } = useTranslation('settings');
  const me = useMe();
  const client = useQueryClient();
  const form = useForm<ChangeEmail>({ initialValues: { email: '', password: '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      await api.post('/me/email', values);
      form.reset();
      await client.invalidateQueries({ queryKey: keys.me });
    },
    'settings',
  );

  return (
    <form onSubmit={submit} noValidate className={`stackv g16 mt24 ${classes.form}`}>
      <p className="t2">{t('address.now', { email: me.email })}</p>
      {me.pendingEmail && <Notice>{t('address.pending', { email: me.pendingEmail })}</Notice>}
      <TextInput label={t('address.new')} type="email" autoComplete="email" {...form.getInputProps('email')} />
      <Secret label={t('address.password')} autoComplete="current-password" {...form.getInputProps('password')} />
      <ProblemAlert error={problem} ns="settings" />
      <div className="row">
        <Button type="submit" loading={busy} disabled={form.values.email === ''}>
          {t('address.act')}
        </Button>
      </div>
    </form>
  );
}
