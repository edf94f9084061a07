import { Button, Checkbox, Code, CopyButton, Modal, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CohortNews, CreateCohortWebhook, type CreatedCohortWebhook } from '../../../../src/contracts/cohort-webhooks';
import { api } from '../../api/http';
import { useFocusBack } from '../../ui/focus';
import { useFieldText, useSubmit } from '../../ui/form';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { zodValidate } from '../../ui/zod-validate';

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

/** Makes a webhook, then shows its secret, once. */
export default function NewWebhook({ path, onMade, onClose }: NewWebhookProps) {
  const { t } = useTranslation('webhooks');
  useFocusBack();
  const [made, setMade] = useState<CreatedCohortWebhook | null>(null);
  const form = useForm<Wish>({
    initialValues: { name: '', url: '', kinds: [...CohortNews.options] },
    validate: zodValidate(CreateCohortWebhook, useFieldText('webhooks')),
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      setMade(await api.post<CreatedCohortWebhook>(path, values));
      onMade();
    },
    'webhooks',
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('new')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      // The secret is not shown again: no slip of the hand takes it away.
      closeOnEscape={!made}
      closeOnClickOutside={!made}
    >
      {made ? (
        <div className="stackv g16 mt16">
          <p>{t('once')}</p>
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {made.secret}
          </Code>
          <div className="row end">
            <CopyButton value={made.secret}>
              {({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>}
            </CopyButton>
            <Button variant="filled" onClick={onClose}>
              {t('done')}
            </Button>
          </div>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="stackv g16 mt16">
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
          <ProblemAlert error={problem} ns="webhooks" />
          <div className="row end">
            <Button variant="subtle" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" variant="filled" loading={busy}>
              {t('create')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
