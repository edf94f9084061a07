import { Button, Code, CopyButton, Modal, Radio, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CreateWebhook, type CreatedWebhook } from '../../../../src/contracts/webhooks';
import { api } from '../../api/http';
import { useFocusBack } from '../../ui/focus';
import { useFieldText, useSubmit } from '../../ui/form';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { zodValidate } from '../../ui/zod-validate';

interface Wish extends Record<string, unknown> {
  direction: 'in' | 'out';
  name: string;
  url: string;
}

const wishOf = ({ direction, name, url }: Wish) => ({ direction, name, ...(direction === 'out' && { url }) });

/** Makes a webhook, then shows once what is secret about it. */
export default function NewWebhook({
  path,
  onMade,
  onClose,
}: {
  path: string;
  onMade: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('chat');
  useFocusBack();
  const text = useFieldText('chat');
  const [made, setMade] = useState<CreatedWebhook | null>(null);
  const validate = zodValidate(CreateWebhook, text);
  const form = useForm<Wish>({
    initialValues: { direction: 'in', name: '', url: '' },
    validate: (values) => validate(wishOf(values)),
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      setMade(await api.post<CreatedWebhook>(path, wishOf(values)));
      onMade();
    },
    'chat',
  );
  return (
    <Modal opened onClose={onClose} title={t('webhooks.new')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {made ? (
        <div className="stackv g16 mt16">
          <p>{t(`webhooks.once.${made.direction}`)}</p>
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {made.secret}
          </Code>
          <div className="row end">
            <CopyButton value={made.secret}>
              {({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'webhooks.copied' : 'webhooks.copy')}</Button>}
            </CopyButton>
            <Button variant="filled" onClick={onClose}>
              {t('webhooks.done')}
            </Button>
          </div>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="stackv g16 mt16">
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
          <ProblemAlert error={problem} ns="chat" />
          <div className="row end">
            <Button variant="subtle" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" variant="filled" loading={busy}>
              {t('webhooks.create')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
