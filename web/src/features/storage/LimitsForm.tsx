import { NumberInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_STORAGE_MB } from '../../../../src/contracts/limits';
import type { CohortStorage, UpdateStorage } from '../../../../src/contracts/storage';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useLocale } from '../../time/clock';
import { useSubmit } from '../../ui/forms/form';
import { formatSize } from '../../ui/forms/file-size';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { SaveButton } from '../../ui/forms/SaveButton';
import { State } from '../../ui/page/State';

const MB = 1_000_000;
type Values = Record<'personMb' | 'cohortMb', number | string>;

/** How much a person may upload, and the whole may hold. An empty field takes what the installation allows. */
export function LimitsForm({ cohortId, held }: { cohortId: string; held: CohortStorage }) {
  const { t } = useTranslation('storage');
  const locale = useLocale();
  const client = useQueryClient();
  const { settings, standard, abilities } = held;
  const [saved, setSaved] = useState(false);
  const form = useForm<Values>({
    initialValues: { personMb: settings.personMb ?? '', cohortMb: settings.cohortMb ?? '' },
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      const { personMb, cohortMb } = values;
      setSaved(false);
      const change: UpdateStorage = {
        personMb: numberOf(personMb),
        ...(abilities.setCohort && { cohortMb: numberOf(cohortMb) }),
      };
      const fresh = await api.patch<CohortStorage>(`/cohorts/${cohortId}/storage`, change);
      client.setQueryData(keys.in(cohortId, 'storage'), fresh);
      // What was typed meanwhile is not saved yet.
      form.resetDirty(values);
      setSaved(true);
      await client.invalidateQueries({ queryKey: ['storage'] });
    },
    'storage',
  );
  const field = (name: keyof Values, help: string) => (
    <NumberInput
      label={t(`limits.${name}`)}
      description={`${help} ${t('limits.empty', { size: formatSize(standard[name] * MB, locale) })}`}
      placeholder={new Intl.NumberFormat(locale).format(standard[name])}
      thousandSeparator={locale === 'fr' ? '\u202f' : ','}
      min={1}
      max={MAX_STORAGE_MB}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      {...form.getInputProps(name)}
    />
  );
  return (
    <form onSubmit={submit} noValidate className="stackv g16 mt24">
      {field('personMb', t('limits.personHelp'))}
      {abilities.setCohort ? (
        field('cohortMb', t('limits.cohortHelp'))
      ) : (
        <p className="t2">{t('limits.byAdmin', { size: formatSize(held.whole.limit, locale) })}</p>
      )}
      <ProblemAlert error={problem} ns="storage" />
      <div className="row g12">
        <SaveButton dirty={form.isDirty()} busy={busy}>
          {t('limits.act')}
        </SaveButton>
        <span role="status">{saved && !form.isDirty() && <State tone="ok">{t('common:saved')}</State>}</span>
      </div>
    </form>
  );
}

const numberOf = (typed: number | string) => (typed === '' ? null : Number(typed));
