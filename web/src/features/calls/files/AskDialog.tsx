import { Checkbox, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { shownFields } from '../../../../../src/contracts/calls/answers';
import type { ApplicationFile } from '../../../../../src/contracts/calls/applications';
import { MOST_ASKED } from '../../../../../src/contracts/calls/asking';
import { dayOf, plusDays } from '../../../../../src/common/times/zoned';
import { useLocale, useZone } from '../../../time/clock';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useSubmit } from '../../../ui/forms/form';
import { toast } from '../../../ui/toast';
import { MomentField } from '../../../ui/times/MomentField';
import { instantOf } from '../../../ui/times/moments';
import { said } from '../words';
import { useAsking } from '../work';

/** So long one usually has to answer, until the end of a working day. */
const DAYS = 7;
const END_OF_DAY = '18:00';

interface AskDialogProps {
  cohortId: string;
  callId: string;
  file: ApplicationFile;
  onClose: () => void;
}

type Values = { fields: string[]; words: string; until: string | null } & Record<string, unknown>;

/** Which questions are opened again for who applies, in what words, and until when. */
export default function AskDialog({ cohortId, callId, file, onClose }: AskDialogProps) {
  const { t } = useTranslation('calls');
  const [locale, zone] = [useLocale(), useZone()];
  const { ask } = useAsking(cohortId, callId, file.id);
  const questions = shownFields(file.form.fields, file.answers).filter(({ kind }) => kind !== 'section');
  const form = useForm<Values>({
    initialValues: {
      ...{ fields: [], words: '' },
      until: usualDay(zone),
    },
    validate: {
      fields: (fields) => (fields.length === 0 ? t('asking.none') : null),
      until: (until) => (until === null || Date.parse(until) <= Date.now() ? t('asking.past') : null),
    },
  });
  const sending = useSubmit(
    form,
    async ({ fields, words, until }) => {
      await ask({ fields, words, until: until ?? '' });
      toast(t('asking.done'));
      onClose();
    },
    'calls',
  );
  const wrong = form.errors.fields ?? Object.entries(form.errors).find(([path]) => path.startsWith('fields.'))?.[1];
  return (
    <FormDialog title={t('asking.title')} act={t('asking.act')} ns="calls" onClose={onClose} {...sending}>
      <p className="t2">{t('asking.what', { name: file.name || file.email })}</p>
      <Checkbox.Group
        label={t('asking.fields')}
        error={wrong}
        value={form.values.fields}
        onChange={(fields) => form.setFieldValue('fields', fields.slice(0, MOST_ASKED))}
        data-path="fields"
      >
        <div className="stackv g8 mt8">
          {questions.map(({ key, label }) => (
            <Checkbox key={key} value={key} label={said(label, locale).text} />
          ))}
        </div>
      </Checkbox.Group>
      <Textarea
        label={t('asking.words')}
        description={t('asking.wordsHelp', { language: t(`common:languages.${file.locale}`) })}
        lang={file.locale}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={2000}
        {...form.getInputProps('words')}
        data-path="words"
      />
      <MomentField
        id="until"
        label={t('asking.until')}
        timeLabel={t('asking.time')}
        usual={END_OF_DAY}
        zone={zone}
        value={form.values.until}
        error={form.errors.until}
        onChange={(until) => form.setFieldValue('until', until)}
      />
    </FormDialog>
  );
}

/** Some days from now. */
const usualDay = (zone: string) => instantOf({ day: plusDays(dayOf(new Date(), zone), DAYS), time: END_OF_DAY }, zone);
