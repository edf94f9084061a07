import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useSubmit } from '../../../ui/forms/form';
import { PeoplePicker } from '../../../ui/people/PeoplePicker';

/** Lets members of the cohort into a channel made by hand. */
export default function AddPeople({ channel, name, onClose }: { channel: Channel; name: string; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const client = useQueryClient();
  const form = useForm<{ userIds: string[] }>({ initialValues: { userIds: [] } });
  const sending = useSubmit(
    form,
    async ({ userIds }) => {
      await Promise.all(userIds.map((userId) => api.put(`/channels/${channel.id}/members/${userId}`)));
      await client.invalidateQueries({ queryKey: keys.channels });
      onClose();
    },
    'chat',
  );
  return (
    <FormDialog
      title={t('members.addTitle', { name })}
      act={t('members.add')}
      ns="chat"
      isReady={form.values.userIds.length > 0}
      onClose={onClose}
      {...sending}
    >
      <PeoplePicker
        cohortId={channel.cohortId ?? ''}
        label={t('members.who')}
        description={t('members.addHelp')}
        without={channel.members.map((member) => member.id)}
        data-autofocus
        {...form.getInputProps('userIds')}
      />
    </FormDialog>
  );
}
