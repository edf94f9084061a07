import { Button, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InviteResult } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { useCohort } from '../../api/session';
import { useFieldText, useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { useProjects } from '../../ui/projects';
import { Notice } from '../../ui/page/State';
import classes from './people.module.css';
import { AT_ONCE, isWhole, type Sending, sendAtOf } from './sending';
import { WhenToSend } from './WhenToSend';

const TOLD = { now: 'sent', on: 'planned', not_yet: 'kept' } as const;

const empty = { email: '', name: '', role: 'fellow', craft: '', project: '', locale: '', note: '' };
type Values = typeof empty & { sendAt: Sending } & Record<string, unknown>;

/** One person by hand. The letter goes at once, on a day, or when one says so. */
export function InviteOne({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const cohort = useCohort();
  const projects = useProjects(cohortId).data ?? [];
  const [told, setTold] = useState<{ tone: 'ok' | 'wait'; words: string } | null>(null);
  const fieldText = useFieldText('people');
  const form = useForm<Values>({
    initialValues: { ...empty, sendAt: AT_ONCE },
    validate: { sendAt: (sendAt) => (isWhole(sendAt) ? null : fieldText('required')) },
    onValuesChange: () => setTold(null),
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ note, sendAt, ...values }) => {
      const person = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
      const result = await api.post<InviteResult>(`/cohorts/${cohortId}/invitations`, {
        people: [person],
        ...(note.trim() && { note: note.trim() }),
        ...sendAtOf(sendAt),
      });
      if (result.errors.length > 0) throw asFields(result);
      await client.invalidateQueries({ queryKey: keys.in(cohortId, 'invitations') });
      form.setValues({ ...empty, role: values.role, project: values.project, sendAt });
      const isNew = result.created > 0;
      const words = isNew
        ? t(`one.${TOLD[sendAt.when]}`, { name: values.name })
        : t('one.known', { name: values.name });
      setTold({ tone: isNew ? 'ok' : 'wait', words });
    },
    'people',
  );
  const options = (kind: 'roles' | 'crafts' | 'languages', values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`common:${kind}.${value}`) }));

  return (
    <form onSubmit={submit} noValidate className={`stackv g16 mt24 ${classes.form}`}>
      <TextInput label={t('one.name')} autoComplete="off" {...form.getInputProps('name')} />
      <TextInput label={t('one.email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
      <NativeSelect
        label={t('role')}
        description={t('roleHelp', { role: form.values.role })}
        data={options('roles', ['fellow', 'coach', 'host', 'staff'])}
        {...form.getInputProps('role')}
      />
      {form.values.role !== 'staff' && (
        <NativeSelect
          label={t('project')}
          data={[{ value: '', label: t('noProject') }, ...projects.map(({ name }) => ({ value: name, label: name }))]}
          {...form.getInputProps('project')}
        />
      )}
      <NativeSelect
        label={t('craft')}
        data={[
          { value: '', label: t('one.anyCraft') },
          ...options('crafts', ['developer', 'designer', 'data', 'product', 'other']),
        ]}
        {...form.getInputProps('craft')}
      />
      <NativeSelect
        label={t('one.locale')}
        data={[
          { value: '', label: t('one.cohortLocale', { locale: cohort ? t(`common:languages.${cohort.locale}`) : '' }) },
          ...options('languages', ['en', 'fr']),
        ]}
        {...form.getInputProps('locale')}
      />
      <Textarea
        label={t('note')}
        description={t('noteHelp')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        {...form.getInputProps('note')}
      />
      <WhenToSend
        value={form.values.sendAt}
        error={form.errors.sendAt}
        onChange={(sendAt) => form.setFieldValue('sendAt', sendAt)}
      />
      <ProblemAlert error={problem} ns="people" />
      <div className="row">
        <Button type="submit" variant="filled" loading={busy}>
          {t(form.values.sendAt.when === 'now' ? 'one.act' : 'one.save')}
        </Button>
      </div>
      <div role="status">{told && <Notice tone={told.tone}>{told.words}</Notice>}</div>
    </form>
  );
}

/** The errors of the one line as those of the form's fields. */
function asFields({ errors }: InviteResult): Problem {
  return new Problem(
    422,
    'invalid',
    errors.map(({ field, code }) => ({ field: `/${field ?? ''}`, code })),
  );
}
