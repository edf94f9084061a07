import { Button, Modal } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Channel, OpenDirect } from '../../../src/contracts/chat';
import { api } from '../api/http';
import { keys } from '../api/keys';
import { useMe } from '../api/session';
import { useFocusBack } from '../ui/focus';
import { useSubmit } from '../ui/form';
import { PeoplePicker } from '../ui/PeoplePicker';
import { ProblemAlert } from '../ui/ProblemAlert';

/** Opens the one conversation of these people and me. */
export default function NewDirect({ cohortId, onClose }: { cohortId: string; onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm<OpenDirect>({ initialValues: { userIds: [] } });

  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const channel = await api.post<Channel>('/direct', values);
    await client.invalidateQueries({ queryKey: keys.channels });
    onClose();
    await navigate({ to: '/chat/$channelId', params: { channelId: channel.id } });
  });

  return (
    <Modal opened onClose={onClose} title={t('channels.newDirect')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate className="stackv g16 mt16">
        <PeoplePicker
          cohortId={cohortId}
          label={t('channels.with')}
          maxValues={8}
          without={[me.id]}
          data-autofocus
          {...form.getInputProps('userIds')}
        />
        <ProblemAlert error={problem} />
        <div className="row end">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={busy} disabled={form.values.userIds.length === 0}>
            {t('channels.openDirect')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
