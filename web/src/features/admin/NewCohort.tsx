import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { useMe } from '../../api/session';
import type { Cohort } from '../../api/types';
import { deviceZone, useLocale } from '../../time/clock';
import { countryChoices } from '../../ui/forms/countries';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useClientId, useFieldText, useSubmit, wrongFields } from '../../ui/forms/form';
import { ZoneSelect } from '../../ui/forms/ZoneSelect';
import { toast } from '../../ui/toast';
import { CopiedKinds } from './CopiedKinds';
import { ALL_KINDS, kindsToCopy, useCopyPreview } from './copied';
import { cohortsKey } from './key';

/** What no cohort has as its id: a new one begins with the ten-month template. */
const TEMPLATE = '';
/** In which one begins that is like none. */
const COUNTRY = 'FR';

/** A cohort from the ten-month template, or after one of whose programme team one is: what comes along is chosen here. */
export default function NewCohort({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const navigate = useNavigate();
  const locale = useLocale();
  const others = useMe().memberships.filter(({ role }) => role === 'staff');
  const form = useForm({
    initialValues: {
      ...{ fromCohortId: TEMPLATE, kinds: ALL_KINDS, name: '', startsOn: '', months: 10 as number | string },
      // Where nobody chooses another one, as in the cohort that is copied.
      ...{ timeZone: undefined as string | undefined, locale: undefined as string | undefined },
      ...{ country: undefined as string | undefined, asTeam: true },
    },
  });
  const { fromCohortId, ...values } = form.values;
  const isCopy = fromCohortId !== TEMPLATE;
  const like = useCohortToCopy(fromCohortId);
  const usual = isCopy ? like : { timeZone: deviceZone(), locale, country: COUNTRY };
  const place = usual && {
    timeZone: values.timeZone ?? usual.timeZone,
    locale: values.locale ?? usual.locale,
    country: values.country ?? usual.country,
  };
  const preview = useCopyPreview(fromCohortId, values);
  const kinds = kindsToCopy(values.kinds, preview);
  const refused = useRefusedFields(preview.error);
  // What comes along may be known better by then: it is the same cohort.
  const { idOf } = useClientId();
  const sending = useSubmit(
    form,
    async (sent) => {
      const { fromCohortId: from, asTeam, kinds: _, months, ...asked } = sent;
      // With the phases comes how long they are.
      const copied = { ...asked, kinds, ...(!kinds.includes('phases') && { months }) };
      const cohort = isCopy
        ? await api.post<Cohort>(`/cohorts/${from}/copies`, { ...copied, clientId: idOf(sent) })
        : await api.post<Cohort>('/cohorts', { ...asked, ...place, months, asTeam });
      await Promise.all([
        client.invalidateQueries({ queryKey: cohortsKey }),
        client.refetchQueries({ queryKey: keys.me }),
      ]);
      if (isCopy) toast(t('copy.done', { name: cohort.name }));
      onClose();
      await navigate({ to: '/c/$cohortId/settings/$section', params: { cohortId: cohort.id, section: 'phases' } });
    },
    'admin',
  );
  return (
    <FormDialog
      {...sending}
      title={t('new')}
      act={t('form.act')}
      ns="admin"
      isReady={!isCopy || kinds.length > 0}
      onClose={onClose}
    >
      {others.length > 0 && (
        <NativeSelect
          label={t('copy.from')}
          data={[
            { value: TEMPLATE, label: t('copy.template') },
            ...others.map((one) => ({ value: one.cohortId, label: t('copy.like', { name: one.cohortName }) })),
          ]}
          {...form.getInputProps('fromCohortId')}
        />
      )}
      <p className="t2">{t(isCopy ? 'copy.lead' : 'form.template')}</p>
      <TextInput label={t('form.name')} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={t('form.startsOn')}
        type="date"
        {...form.getInputProps('startsOn')}
        error={form.errors.startsOn ?? refused.startsOn}
      />
      {isCopy && (
        <CopiedKinds
          preview={preview}
          timeZone={place?.timeZone ?? deviceZone()}
          copied={kinds}
          {...form.getInputProps('kinds')}
        />
      )}
      {!(isCopy && kinds.includes('phases')) && (
        <NumberInput
          label={t('form.months')}
          min={1}
          max={24}
          {...form.getInputProps('months')}
          error={form.errors.months ?? refused.months}
        />
      )}
      {place && (
        <>
          <ZoneSelect
            label={t('form.zone')}
            hint={(time) => t('form.zoneHelp', { time })}
            {...form.getInputProps('timeZone')}
            value={place.timeZone}
          />
          <NativeSelect
            label={t('form.locale')}
            data={(['en', 'fr'] as const).map((one) => ({ value: one, label: t(`common:languages.${one}`) }))}
            {...form.getInputProps('locale')}
            value={place.locale}
          />
          <NativeSelect
            label={t('form.country')}
            description={t(isCopy ? 'copy.countryHelp' : 'form.countryHelp')}
            data={countryChoices(locale, place.country)}
            {...form.getInputProps('country')}
            value={place.country}
          />
        </>
      )}
      {!isCopy && (
        <Checkbox
          label={t('form.asTeam')}
          description={t('form.asTeamHelp')}
          {...form.getInputProps('asTeam', { type: 'checkbox' })}
        />
      )}
    </FormDialog>
  );
}

/** The cohort that is copied, wherever it stands among those of the installation; undefined until it has come. */
function useCohortToCopy(id: string): Cohort | undefined {
  return useQuery({
    queryKey: keys.in(id, 'self'),
    queryFn: () => api.get<Cohort>(`/cohorts/${id}`),
    enabled: id !== TEMPLATE,
  }).data;
}

/** What the preview refuses of the fields, in words. */
function useRefusedFields(error: unknown): Record<string, string> {
  const text = useFieldText('admin');
  return error instanceof Problem && error.status === 422 ? wrongFields(error.errors, text) : {};
}
