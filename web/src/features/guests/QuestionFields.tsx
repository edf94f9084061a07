import { Button, Checkbox, NativeSelect, TextInput, Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GuestQuestion } from '../../../../src/contracts/workshops/guests';
import { Icon } from '../../ui/Icon';
import type { PageValues } from './PublicPageDialog';
import classes from './guests.module.css';

/** A question while it is written: the options of a choice are lines. */
export type QuestionValues = Omit<GuestQuestion, 'options'> & { options: string };

const KINDS = ['text', 'choice', 'yesno'] as const;
const MOST = 8;

/** A name that answers stay with, whatever becomes of its words. */
const newId = () => crypto.randomUUID().replaceAll('-', '').slice(0, 12);

/** What guests are asked with their registration. */
export function QuestionFields({ form }: { form: UseFormReturnType<PageValues> }) {
  const { t } = useTranslation('guests');
  const { questions } = form.values;
  const add = () =>
    form.insertListItem('questions', { id: newId(), kind: 'text', label: '', required: false, options: '' });
  return (
    <fieldset>
      <legend className="bold">{t('settings.questions')}</legend>
      <p className="xs t2 mt4">{t('settings.questionsHelp')}</p>
      {questions.map(({ id, kind }, index) => (
        <div key={id} className={`${classes.question} mt12`}>
          <div className={classes.pair}>
            <TextInput
              label={t('settings.question', { number: index + 1 })}
              maxLength={200}
              {...form.getInputProps(`questions.${index}.label`)}
              data-path={`questions.${index}.label`}
            />
            <NativeSelect
              label={t('settings.kind')}
              data={KINDS.map((value) => ({ value, label: t(`settings.kinds.${value}`) }))}
              {...form.getInputProps(`questions.${index}.kind`)}
            />
          </div>
          {kind === 'choice' && (
            <Textarea
              label={t('settings.options')}
              autosize
              minRows={2}
              {...form.getInputProps(`questions.${index}.options`)}
              data-path={`questions.${index}.options`}
            />
          )}
          <div className="row between">
            <Checkbox
              label={t('settings.required')}
              {...form.getInputProps(`questions.${index}.required`, { type: 'checkbox' })}
            />
            <Button
              variant="subtle"
              size="xs"
              leftSection={<Icon of={IconTrash} size={16} />}
              aria-label={t('settings.drop', { number: index + 1 })}
              onClick={() => form.removeListItem('questions', index)}
            >
              {t('settings.remove')}
            </Button>
          </div>
        </div>
      ))}
      {questions.length < MOST && (
        <Button className="mt12" size="xs" leftSection={<Icon of={IconPlus} size={16} />} onClick={add}>
          {t('settings.add')}
        </Button>
      )}
    </fieldset>
  );
}
