import { Radio, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CreateWebhook, type CreatedWebhook } from '../../../../../src/contracts/bridges/webhooks';
import { useFieldText } from '../../../ui/forms/form';
import { SecretForm } from '../../../ui/secrets/SecretForm';
import { zodValidate } from '../../../ui/forms/zod-validate';
import { tryIncoming } from './curl';

interface Wish extends Record<string, unknown> {
  direction: 'in' | 'out';
  name: string;
  url: string;
}

const wishOf = ({ direction, name, url }: Wish) => ({ direction, name, ...(direction === 'out' && { url }) });

interface NewWebhookProps {
  path: string;
  onMade: () => void;
  onClose: () => void;
}

/** Makes a webhook of a channel: one that writes there, or hears what is written. */
export default function NewWebhook(props: NewWebhookProps) {
  const { t } = useTranslation('chat');
  const validate = zodValidate(CreateWebhook, useFieldText('chat'));
  return (
    <SecretForm<Wish, CreatedWebhook>
      {...props}
      title={t('webhooks.new')}
      act={t('webhooks.create')}
      once={({ direction }) => t(`webhooks.once.${direction}`)}
      example={tryIncoming}
      ns="chat"
      initial={{ direction: 'in', name: '', url: '' }}
      validate={(values) => validate(wishOf(values))}
      bodyOf={wishOf}
    >
      {(form) => (
        <>
          <Radio.Group label={t('webhooks.which')} {...form.getInputProps('direction')}>
            <div className="stackv g8 mt8">
              <Radio value="in" label={t('webhooks.in')} description={t('webhooks.inHelp')} />
              <Radio value="out" label={t('webhooks.out')} description={t('webhooks.outHelp')} />
            </div>
          </Radio.Group>
          <TextInput
            label={t('webhooks.name')}
            description={t('webhooks.nameHelp')}
            maxLength={60}
            data-autofocus
            {...form.getInputProps('name')}
          />
          {form.values.direction === 'out' && (
            <TextInput
              label={t('webhooks.url')}
              description={t('webhooks.urlHelp')}
              placeholder="https://"
              inputMode="url"
              {...form.getInputProps('url')}
            />
          )}
        </>
      )}
    </SecretForm>
  );
}
