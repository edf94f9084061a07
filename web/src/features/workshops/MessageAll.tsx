import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MessageAudience, type WorkshopMessage } from '../../../../src/contracts/workshops/workshop-messages';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { Icon } from '../../ui/Icon';
import { toast } from '../../ui/toast';

/** For hosts and staff: a message to all who come, wait or came. */
export default function MessageAll({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const [writing, setWriting] = useState(false);
  return (
    <>
      <Button leftSection={<Icon of={IconMail} />} onClick={() => setWriting(true)}>
        {t('message.act')}
      </Button>
      {writing && <Write workshop={workshop} onClose={() => setWriting(false)} />}
    </>
  );
}

function Write({ workshop, onClose }: { workshop: Workshop; onClose: () => void }) {
  const { t } = useTranslation('workshops');
  const { cohortId, id, endsAt } = workshop;
  // One key for this dialog: pressed twice, it is one message.
  const [key] = useState(() => crypto.randomUUID());
  const [openedAt] = useState(() => Date.now());
  const isOver = Date.parse(endsAt) <= openedAt;
  const form = useForm({ initialValues: { to: (isOver ? 'came' : 'coming') as MessageAudience, body: '' } });
  const sending = useSubmit(
    form,
    async (values) => {
      const { count } = await api.post<WorkshopMessage>(`/cohorts/${cohortId}/workshops/${id}/messages`, {
        ...values,
        key,
      });
      toast(t('message.sent', { count }));
      onClose();
    },
    'workshops',
  );
  return (
    <FormDialog
      {...sending}
      title={t('message.title')}
      act={t('message.send')}
      isReady={form.values.body.trim() !== ''}
      ns="workshops"
      onClose={onClose}
    >
      <NativeSelect
        label={t('message.to')}
        data={MessageAudience.options.map((value) => ({ value, label: t(`message.audience.${value}`) }))}
        {...form.getInputProps('to')}
      />
      <Textarea
        label={t('message.body')}
        description={t('message.help')}
        autosize
        minRows={4}
        maxLength={2_000}
        data-autofocus
        {...form.getInputProps('body')}
      />
    </FormDialog>
  );
}
