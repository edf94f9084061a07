import { NativeSelect, Radio, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Call, CallKind, CreateCall } from '../../../../src/contracts/calls/calls';
import { api } from '../../api/http';
import { useCohort } from '../../api/session';
import { useLocale } from '../../time/clock';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../ui/forms/form';
import { LANGUAGES } from './languages';
import { keepCall, pathOf, useEarlierCalls } from './queries';
import { said } from './words';

interface NewCallDialogProps {
  cohortId: string;
  kind: CallKind;
  onClose: () => void;
}

/** Begins a call: whom it is for, and its title in both languages. Its form and text come from the template of its kind, or from an earlier call. */
export default function NewCallDialog({ cohortId, kind, onClose }: NewCallDialogProps) {
  const { t } = useTranslation('calls');
  const { t: inEnglish } = useTranslation('calls', { lng: 'en' });
  const { t: inFrench } = useTranslation('calls', { lng: 'fr' });
  const client = useQueryClient();
  const navigate = useNavigate();
  const locale = useLocale();
  const fieldText = useFieldText('calls');
  const cohort = useCohort()?.name ?? '';
  // Something to begin with, in both languages; what was changed stays when one chooses the other kind.
  const titleFor = (of: CallKind) => ({
    en: inEnglish(`new.title_${of}`, { cohort }),
    fr: inFrench(`new.title_${of}`, { cohort }),
  });
  const missing = (value: string) => (value.trim() === '' ? fieldText('required') : null);
  const form = useForm<CreateCall & Record<string, unknown>>({
    initialValues: { kind, title: titleFor(kind) },
    validate: { title: { en: missing, fr: missing } },
  });
  const sending = useSubmit(
    form,
    async (values) => {
      const call = await api.post<Call>(pathOf(cohortId), values);
      keepCall(client, cohortId, call);
      onClose();
      await navigate({ to: '/c/$cohortId/calls/$callId', params: { cohortId, callId: call.id } });
    },
    'calls',
  );
  const isOffered = (of: CallKind) => LANGUAGES.every((one) => form.values.title[one] === titleFor(of)[one]);
  const from = form.values.fromCallId;
  const earlier = (useEarlierCalls(cohortId).data?.items ?? []).filter((one) => one.kind === form.values.kind);
  const choose = (next: CallKind) => {
    const was = form.values.kind;
    form.setFieldValue('kind', next);
    form.setFieldValue('fromCallId', undefined);
    if (isOffered(was)) form.setFieldValue('title', titleFor(next));
  };
  return (
    <FormDialog title={t('new.heading')} act={t('new.act')} ns="calls" onClose={onClose} {...sending}>
      <Radio.Group label={t('new.kind')} value={form.values.kind} onChange={choose} data-path="kind">
        <div className="stackv g12 mt8">
          {(['projects', 'fellows'] as const).map((one) => (
            <Radio key={one} value={one} label={t(`kinds.${one}`)} description={t(`new.what_${one}`)} />
          ))}
        </div>
      </Radio.Group>
      {earlier.length > 0 && (
        <NativeSelect
          label={t('new.from')}
          description={from === undefined ? undefined : t('new.fromWhat')}
          data={[
            { value: '', label: t('new.template') },
            ...earlier.map(({ id, title, cohortName }) => ({
              value: id,
              label: t('new.earlier', { title: said(title, locale).text || t('untitled'), cohort: cohortName }),
            })),
          ]}
          value={from ?? ''}
          onChange={(event) => form.setFieldValue('fromCallId', event.currentTarget.value || undefined)}
          data-path="fromCallId"
        />
      )}
      {(locale === 'fr' ? LANGUAGES.toReversed() : LANGUAGES).map((language) => (
        <TextInput
          key={language}
          label={t(`new.title_in.${language}`)}
          lang={language}
          maxLength={120}
          autoComplete="off"
          {...form.getInputProps(`title.${language}`)}
          data-path={`title.${language}`}
        />
      ))}
      <p className="t2">{t('new.then')}</p>
    </FormDialog>
  );
}
