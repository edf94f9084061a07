import { Button, Modal, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../src/contracts/chat';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useFocusBack } from '../../ui/focus';
import { useSubmit } from '../../ui/form';
import { ProblemAlert } from '../../ui/ProblemAlert';

/** Sets where the people of a channel call each other; empty: a room of the cohort's meeting service. */
export default function CallLink({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('chat');
  useFocusBack();
  const client = useQueryClient();
  const form = useForm({ initialValues: { callLink: channel.call?.isOwn ? channel.call.link : '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ callLink }) => {
      await api.patch(`/channels/${channel.id}`, { callLink: callLink.trim() || null });
      await client.invalidateQueries({ queryKey: keys.channels });
      onClose();
    },
    'chat',
  );
  return (
    <Modal opened onClose={onClose} title={t('call.set')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={submit} noValidate className="stackv g16 mt16">
        <TextInput
          label={t('call.link')}
          description={t('call.linkHelp')}
          placeholder="https://"
          inputMode="url"
          data-autofocus
          {...form.getInputProps('callLink')}
        />
        <ProblemAlert error={problem} ns="chat" />
        <div className="row end">
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={busy}>
            {t('common:save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
