import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useSubmit } from '../../../ui/forms/form';

/** Sets where the people of a channel call each other; empty: a room of the cohort's meeting service. */
export default function CallLink({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const client = useQueryClient();
  const form = useForm({ initialValues: { callLink: channel.call?.isOwn ? channel.call.link : '' } });
  const sending = useSubmit(
    form,
    async ({ callLink }) => {
      await api.patch(`/channels/${channel.id}`, { callLink: callLink.trim() || null });
      await client.invalidateQueries({ queryKey: keys.channels });
      onClose();
    },
    'chat',
  );
  return (
    <FormDialog title={t('call.set')} act={t('common:save')} ns="chat" onClose={onClose} {...sending}>
      <TextInput
        label={t('call.link')}
        description={t('call.linkHelp')}
        placeholder="https://"
        inputMode="url"
        data-autofocus
        {...form.getInputProps('callLink')}
      />
    </FormDialog>
  );
}
