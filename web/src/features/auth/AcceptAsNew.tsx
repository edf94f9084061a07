import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { isProblem } from '../../api/problem';
import { enter } from '../../api/session';
import type { Locale, SignedIn } from '../../api/types';
import { setLocale } from '../../i18n/i18n';
import { deviceZone, useLocale } from '../../time/clock';
import { useSubmit } from '../../ui/forms/form';
import { LocaleSelect } from '../../ui/forms/LocaleSelect';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Secret } from '../../ui/secrets/Secret';
import { State } from '../../ui/page/State';
import { toastProblem } from '../../ui/toast';
import { ZoneSelect } from '../../ui/forms/ZoneSelect';
import classes from './auth.module.css';
import { FixedEmail } from './FixedEmail';

/** As the contract has it; the server has the last word. */
const SHORTEST = 12;

interface AcceptAsNewProps {
  invited: { email: string; name: string };
  path: string;
  /** The verb of its button. */
  act: string;
  /** The link itself does not show that the address is theirs. */
  confirms?: boolean;
  /** Where it goes from here. */
  onIn: () => Promise<void>;
  /** The address has an account after all. */
  onKnown: () => void;
}

/** Four answers of somebody new: name, password, zone, language. */
export function AcceptAsNew({ invited, path, act, confirms, onIn, onKnown }: AcceptAsNewProps) {
  const { t } = useTranslation('auth');
  const locale = useLocale();
  const [guessed, setGuessed] = useState(true);
  const form = useForm({ initialValues: { name: invited.name, password: '', timeZone: deviceZone(), locale } });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      try {
        enter(await api.post<SignedIn>(`${path}/accept`, values));
      } catch (error) {
        if (!isProblem(error, 'sign_in_to_accept')) throw error;
        toastProblem(t('problems.sign_in_to_accept'));
        onKnown();
        return;
      }
      await onIn();
    },
    'auth',
  );
  const longEnough = form.values.password.length >= SHORTEST;
  const zone = form.getInputProps('timeZone');

  return (
    <form onSubmit={submit} noValidate className="stackv g16 mt24">
      <TextInput label={t('invitation.name')} size="md" autoComplete="name" {...form.getInputProps('name')} />
      <FixedEmail email={invited.email} help={t(confirms ? 'invitation.emailToConfirm' : 'invitation.emailHelp')} />
      <div>
        <Secret
          label={t('invitation.password')}
          description={longEnough ? undefined : t('passwordHelp')}
          size="md"
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <div className="xs mt4" role="status">
          {longEnough && <State tone="ok">{t('longEnough')}</State>}
        </div>
      </div>
      <div className={classes.pair}>
        <ZoneSelect
          label={t('zone')}
          size="md"
          hint={(time) => t(guessed ? 'invitation.zoneGuessed' : 'invitation.zoneChosen', { time })}
          {...zone}
          onChange={(value) => {
            setGuessed(false);
            form.setFieldValue('timeZone', value ?? deviceZone());
          }}
        />
        <LocaleSelect
          label={t('language')}
          description={t('invitation.languageHelp')}
          size="md"
          {...form.getInputProps('locale')}
          onChange={(value) => {
            form.setFieldValue('locale', value as Locale);
            void setLocale(value as Locale);
          }}
        />
      </div>
      <ProblemAlert error={problem} ns="auth" />
      <Button type="submit" variant="filled" size="lg" fullWidth mt={8} loading={busy}>
        {act}
      </Button>
      <p className="t2">{t('invitation.forYou')}</p>
    </form>
  );
}
