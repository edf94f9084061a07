import { Select, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateMe } from '../../../../src/contracts/auth/auth';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import type { Craft, Me } from '../../api/types';
import { setLocale } from '../../i18n/i18n';
import { useSubmit } from '../../ui/forms/form';
import { LocaleSelect } from '../../ui/forms/LocaleSelect';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { SaveButton } from '../../ui/forms/SaveButton';
import { State } from '../../ui/page/State';
import { ZoneSelect } from '../../ui/forms/ZoneSelect';
import { Photo } from './Photo';
import classes from './settings.module.css';

const CRAFTS: Craft[] = ['developer', 'designer', 'data', 'product', 'other'];
const MAX_SKILLS = 20;

type Profile = Required<Omit<UpdateMe, 'showsPresence' | 'showsLinkPreviews' | 'tracksTopics'>>;
const profileOf = ({ name, locale, timeZone, craft, gives, wants }: Me): Profile => ({
  name,
  locale,
  timeZone,
  craft,
  gives,
  wants,
});

/** What the others see of me, and in which language and hours I read. */
export function ProfileForm() {
  const { t } = useTranslation('settings');
  const me = useMe();
  const client = useQueryClient();
  const [saved, setSaved] = useState(false);
  const form = useForm<Profile>({ initialValues: profileOf(me), onValuesChange: () => setSaved(false) });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      const fresh = await api.patch<Me>('/me', values);
      client.setQueryData(keys.me, fresh);
      form.setInitialValues(profileOf(fresh));
      form.resetDirty(profileOf(fresh));
      // What was changed meanwhile stays, and is not saved yet.
      const isSame = JSON.stringify(form.getValues()) === JSON.stringify(values);
      if (isSame) form.reset();
      await setLocale(fresh.locale);
      setSaved(isSame);
    },
    'settings',
  );

  return (
    <form onSubmit={submit} noValidate className={`stackv g16 mt24 ${classes.form}`}>
      <Photo />
      <TextInput label={t('profile.name')} autoComplete="name" {...form.getInputProps('name')} />
      <Select
        label={t('profile.craft')}
        description={t('profile.craftHelp')}
        clearable
        data={CRAFTS.map((craft) => ({ value: craft, label: t(`common:crafts.${craft}`) }))}
        {...form.getInputProps('craft')}
      />
      <TagsInput
        label={t('profile.gives')}
        description={t('profile.givesHelp')}
        maxTags={MAX_SKILLS}
        {...form.getInputProps('gives')}
      />
      <TagsInput
        label={t('profile.wants')}
        description={t('profile.wantsHelp')}
        maxTags={MAX_SKILLS}
        {...form.getInputProps('wants')}
      />
      <div className={classes.pair}>
        <ZoneSelect
          label={t('profile.zone')}
          hint={(time) => t('profile.zoneHelp', { time })}
          {...form.getInputProps('timeZone')}
        />
        <LocaleSelect
          label={t('profile.language')}
          description={t('profile.languageHelp')}
          {...form.getInputProps('locale')}
        />
      </div>
      <ProblemAlert error={problem} ns="settings" />
      <div className="row g12">
        <SaveButton dirty={form.isDirty()} busy={busy}>
          {t('profile.act')}
        </SaveButton>
        <span role="status">{saved && <State tone="ok">{t('common:saved')}</State>}</span>
      </div>
    </form>
  );
}
