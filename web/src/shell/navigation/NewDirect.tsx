import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Channel, OpenDirect } from '../../../../src/contracts/chat/chat';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { PeoplePicker } from '../../ui/people/PeoplePicker';

/** Opens the one conversation of these people and me. */
export default function NewDirect({ cohortId, onClose }: { cohortId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm<OpenDirect>({ initialValues: { userIds: [] } });

  const sending = useSubmit(form, async (values) => {
    const channel = await api.post<Channel>('/direct', values);
    await client.invalidateQueries({ queryKey: keys.channels });
    onClose();
    await navigate({ to: '/chat/$channelId', params: { channelId: channel.id } });
  });

  return (
    <FormDialog
      title={t('channels.newDirect')}
      act={t('channels.openDirect')}
      isReady={form.values.userIds.length > 0}
      onClose={onClose}
      {...sending}
    >
      <PeoplePicker
        cohortId={cohortId}
        label={t('channels.with')}
        maxValues={8}
        without={[me.id]}
        data-autofocus
        {...form.getInputProps('userIds')}
      />
    </FormDialog>
  );
}
