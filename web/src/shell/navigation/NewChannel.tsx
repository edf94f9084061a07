import { Radio, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Channel, CreateChannel } from '../../../../src/contracts/chat/chat';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { PeoplePicker } from '../../ui/people/PeoplePicker';

/** Makes a channel by hand: its name, what it is for, who finds it, who is in it. */
export default function NewChannel({ cohortId, onClose }: { cohortId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm<CreateChannel>({ initialValues: { name: '', topic: '', memberIds: [], open: false } });

  const sending = useSubmit(form, async (values) => {
    const channel = await api.post<Channel>(`/cohorts/${cohortId}/channels`, values);
    await client.invalidateQueries({ queryKey: keys.channels });
    onClose();
    await navigate({ to: '/c/$cohortId/chat/$channelId', params: { cohortId, channelId: channel.id } });
  });

  return (
    <FormDialog title={t('channels.new')} act={t('channels.create')} onClose={onClose} {...sending}>
      <TextInput label={t('channels.name')} data-autofocus {...form.getInputProps('name')} />
      <TextInput label={t('channels.topic')} description={t('channels.topicHelp')} {...form.getInputProps('topic')} />
      <Radio.Group
        label={t('channels.who')}
        value={form.values.open ? 'open' : 'private'}
        onChange={(who) => form.setFieldValue('open', who === 'open')}
      >
        <div className="stackv g8 mt8">
          <Radio value="private" label={t('channels.private')} description={t('channels.privateHelp')} />
          <Radio value="open" label={t('channels.open')} description={t('channels.openHelp')} />
        </div>
      </Radio.Group>
      <PeoplePicker
        cohortId={cohortId}
        label={t('channels.members')}
        description={t(form.values.open ? 'channels.membersOpenHelp' : 'channels.membersHelp')}
        without={[me.id]}
        {...form.getInputProps('memberIds')}
      />
    </FormDialog>
  );
}
