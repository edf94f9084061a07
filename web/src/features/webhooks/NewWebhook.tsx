import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  CohortNews,
  CreateCohortWebhook,
  type CreatedCohortWebhook,
} from '../../../../src/contracts/bridges/cohort-webhooks';
import { useFieldText } from '../../ui/forms/form';
import { SecretForm } from '../../ui/secrets/SecretForm';
import { zodValidate } from '../../ui/forms/zod-validate';

interface Wish extends Record<string, unknown> {
  name: string;
  url: string;
  kinds: CohortNews[];
}

interface NewWebhookProps {
  path: string;
  onMade: () => void;
  onClose: () => void;
}

/** Makes a webhook that hears what is new in a cohort. */
export default function NewWebhook(props: NewWebhookProps) {
  const { t } = useTranslation('webhooks');
  return (
    <SecretForm<Wish, CreatedCohortWebhook>
      {...props}
      title={t('new')}
      act={t('create')}
      once={() => t('once')}
      ns="webhooks"
      initial={{ name: '', url: '', kinds: [...CohortNews.options] }}
      validate={zodValidate(CreateCohortWebhook, useFieldText('webhooks'))}
    >
      {(form) => (
        <>
          <TextInput
            label={t('name')}
            description={t('nameHelp')}
            maxLength={60}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('url')}
            description={t('urlHelp')}
            placeholder="https://"
            inputMode="url"
            {...form.getInputProps('url')}
          />
          <Checkbox.Group label={t('which')} {...form.getInputProps('kinds')}>
            <div className="stackv g8 mt8">
              {CohortNews.options.map((kind) => (
                <Checkbox key={kind} value={kind} label={t(`kinds.${kind}`)} />
              ))}
            </div>
          </Checkbox.Group>
        </>
      )}
    </SecretForm>
  );
}
