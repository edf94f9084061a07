import { NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Answer, type Answers, isEmptyAnswer, shownFields } from '../../../../../src/contracts/calls/answers';
import type { ApplicationFile } from '../../../../../src/contracts/calls/applications';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { AddFile } from '../../../../../src/contracts/calls/desk';
import type { Locale } from '../../../api/types';
import { api } from '../../../api/http';
import { useLocale } from '../../../time/clock';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../../ui/forms/form';
import { toast } from '../../../ui/toast';
import { FieldInput } from '../../call-forms/FieldInput';
import { sectionsOf } from '../../call-forms/sections';
import { LANGUAGES } from '../languages';
import { filesKey, pathOf } from '../queries';
import { said } from '../words';

interface AddFileDialogProps {
  cohortId: string;
  call: Call;
  onClose: () => void;
  onAdded: (id: string) => void;
}

type Values = { email: string; locale: Locale; answers: Answers } & Record<string, unknown>;

/** A file that came by mail, typed in as it was written there. */
export default function AddFileDialog({ cohortId, call, onClose, onAdded }: AddFileDialogProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const client = useQueryClient();
  const fieldText = useFieldText('calls');
  const form = useForm<Values>({
    initialValues: { email: '', locale, answers: {} },
    validate: { email: (email) => (email.trim() === '' ? fieldText('required') : null) },
  });
  const { answers } = form.values;
  // Files are added, and statements agreed to, by who applies.
  const fields = shownFields(call.form?.fields ?? [], answers).filter(
    ({ kind }) => kind !== 'file' && kind !== 'statement',
  );
  const sending = useSubmit(
    form,
    async ({ email, locale: theirs }) => {
      const shown = fields.flatMap(({ key }): [string, Answer][] => {
        const answer = answers[key];
        return answer === undefined || isEmptyAnswer(answer) ? [] : [[key, answer]];
      });
      const body: AddFile = { email: email.trim(), locale: theirs, answers: Object.fromEntries(shown) };
      const file = await api.post<ApplicationFile>(`${pathOf(cohortId, call.id)}/applications`, body);
      void client.invalidateQueries({ queryKey: filesKey(cohortId, call.id) });
      toast(t('adding.done'));
      onAdded(file.id);
    },
    'calls',
  );
  return (
    <FormDialog
      title={t('adding.title')}
      act={t('adding.act')}
      ns="calls"
      isKept={form.isDirty()}
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t('adding.what')}</p>
      <TextInput
        type="email"
        label={t('adding.email')}
        maxLength={254}
        {...form.getInputProps('email')}
        data-path="email"
      />
      <NativeSelect
        label={t('adding.locale')}
        data={LANGUAGES.map((language) => ({ value: language, label: t(`common:languages.${language}`) }))}
        {...form.getInputProps('locale')}
      />
      {sectionsOf(fields).map(({ section, fields: own }) => (
        <fieldset key={section?.key ?? ''} className="stackv g16">
          {section && <legend className="bold">{said(section.label, locale).text}</legend>}
          {own.map((field) => (
            <div key={field.key} data-path={`answers.${field.key}`}>
              <FieldInput
                field={field}
                value={answers[field.key]}
                locale={locale}
                error={form.errors[`answers.${field.key}`]}
                onChange={(value) => {
                  form.clearFieldError(`answers.${field.key}`);
                  form.setFieldValue('answers', withAnswer(answers, field.key, value));
                }}
              />
            </div>
          ))}
        </fieldset>
      ))}
    </FormDialog>
  );
}

function withAnswer(answers: Answers, key: string, value: Answer | null): Answers {
  const rest = Object.fromEntries(Object.entries(answers).filter(([other]) => other !== key));
  return value === null ? rest : { ...rest, [key]: value };
}
