import { Button, Modal } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../src/contracts/chat';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useFocusBack } from '../../ui/focus';
import { useSubmit } from '../../ui/form';
import { PeoplePicker } from '../../ui/PeoplePicker';
import { ProblemAlert } from '../../ui/ProblemAlert';

/** Lets members of the cohort into a channel made by hand. */
export default function AddPeople({ channel, name, onClose }: { channel: Channel; name: string; onClose: () => void }) {
  const { t } = useTranslation('chat');
  useFocusBack();
  const client = useQueryClient();
  const form = useForm<{ userIds: string[] }>({ initialValues: { userIds: [] } });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ userIds }) => {
      await Promise.all(userIds.map((userId) => api.put(`/channels/${channel.id}/members/${userId}`)));
      await client.invalidateQueries({ queryKey: keys.channels });
      onClose();
    },
    'chat',
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('members.addTitle', { name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} noValidate className="stackv g16 mt16">
        <PeoplePicker
          cohortId={channel.cohortId ?? ''}
          label={t('members.who')}
          description={t('members.addHelp')}
          without={channel.members.map((member) => member.id)}
          data-autofocus
          {...form.getInputProps('userIds')}
        />
        <ProblemAlert error={problem} ns="chat" />
        <div className="row end">
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={busy} disabled={form.values.userIds.length === 0}>
            {t('members.add')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
