import { Button, Checkbox, NativeSelect, Radio, TextInput, Textarea } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuestQuestion, PublicWorkshop } from '../../../../src/contracts/workshops/guests';
import { api } from '../../api/http';
import { deviceZone, useLocale } from '../../time/clock';
import { useFieldText, useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Notice } from '../../ui/page/State';
import { answersOf } from './answers';

interface Values extends Record<string, unknown> {
  name: string;
  email: string;
  mode: 'onsite' | 'online';
  plusOne: boolean;
  answers: Record<string, string>;
}

interface RegisterFormProps {
  workshop: PublicWorkshop;
  registration: NonNullable<PublicWorkshop['registration']>;
}

/** A guest's name, address and answers. Whoever the address belongs to, the same is said: how to go on stands in a mail to it. */
export function RegisterForm({ workshop, registration }: RegisterFormProps) {
  const { t } = useTranslation('guests');
  const locale = useLocale();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { slug, left } = workshop;
  const { questions, plusOne } = registration;
  const fieldText = useFieldText('guests');
  const form = useForm<Values>({
    initialValues: {
      ...{ name: '', email: '', plusOne: false },
      mode: left.onsite === 0 && (left.online ?? 0) > 0 ? 'online' : 'onsite',
      answers: Object.fromEntries(questions.map(({ id }) => [id, ''])),
    },
    validate: {
      name: (value) => (value.trim() === '' ? t('form.nameMissing') : null),
      email: (value) => (value.trim() === '' ? t('form.emailMissing') : null),
      // In their order on the page: all that is missing is said at once, and the first of it takes the focus.
      answers: Object.fromEntries(
        questions
          .filter(({ required }) => required)
          .map(({ id }) => [id, (value: string) => (value.trim() === '' ? fieldText('required') : null)]),
      ),
    },
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ mode, answers, ...values }) => {
      await api.post(`/public/workshops/${encodeURIComponent(slug)}/guests`, {
        ...values,
        ...(left.online !== null && { mode }),
        answers: answersOf(questions, answers),
        locale,
        timeZone: deviceZone(),
      });
      setSentTo(values.email.trim());
    },
    'guests',
  );
  if (sentTo !== null)
    return (
      <div className="mt16">
        <Notice tone="ok">{t('form.sent', { email: sentTo })}</Notice>
        <p className="t2 mt12">{t('form.nothingCame')}</p>
      </div>
    );
  return (
    <form onSubmit={submit} noValidate className="stackv g16 mt16">
      <TextInput label={t('form.name')} autoComplete="name" maxLength={100} {...form.getInputProps('name')} />
      <TextInput
        label={t('form.email')}
        description={t('form.emailHelp')}
        type="email"
        autoComplete="email"
        {...form.getInputProps('email')}
      />
      {left.online !== null && (
        <Radio.Group label={t('form.mode')} {...form.getInputProps('mode')}>
          <div className="stackv mt8">
            <Radio value="onsite" label={t('mode.onsite')} />
            <Radio value="online" label={t('mode.online')} />
          </div>
        </Radio.Group>
      )}
      {plusOne && (
        <Checkbox
          label={t('form.plusOne')}
          description={t('form.plusOneHelp')}
          {...form.getInputProps('plusOne', { type: 'checkbox' })}
        />
      )}
      {questions.map((question) => (
        <Question key={question.id} question={question} form={form} />
      ))}
      <ProblemAlert error={problem} ns="guests" />
      <Button type="submit" variant="filled" size="md" fullWidth loading={busy}>
        {t('form.act')}
      </Button>
      <p className="xs t2">{t('form.privacy')}</p>
    </form>
  );
}

function Question({ question, form }: { question: GuestQuestion; form: UseFormReturnType<Values> }) {
  const { t } = useTranslation('guests');
  const { id, kind, label, required, options } = question;
  const words = required ? label : t('form.optional', { label });
  const props = { label: words, ...form.getInputProps(`answers.${id}`), 'data-path': `answers.${id}` };
  if (kind === 'text') return <Textarea autosize minRows={1} maxRows={6} maxLength={500} {...props} />;
  if (kind === 'choice') return <NativeSelect data={[{ value: '', label: t('form.choose') }, ...options]} {...props} />;
  return (
    <Radio.Group {...props}>
      <div className="row g16 mt8">
        <Radio value="yes" label={t('answer.yes')} />
        <Radio value="no" label={t('answer.no')} />
      </div>
    </Radio.Group>
  );
}
