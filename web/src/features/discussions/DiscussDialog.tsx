import { Select, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Discussions } from '../../../../src/contracts/bridges/discussions';
import type { Topic } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { useChannels } from '../../shell/navigation/channels';
import { useNames } from '../../shell/navigation/names';
import { ConfirmDialog } from '../../ui/confirm';
import { discussionsKey, pathOf } from './discussions';

/** Chooses the channel in which a topic is discussed, and goes there. */
export default function DiscussDialog({ topic, onClose }: { topic: Topic; onClose: () => void }) {
  const { t } = useTranslation('discussions');
  const names = useNames();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { cohortId } = topic;
  const channels = (useChannels().data ?? []).filter((channel) => channel.cohortId === cohortId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const channelId = chosen ?? channels[0]?.id ?? null;
  const discuss = async () => {
    if (channelId === null) return;
    const body = words.trim();
    const done = await api.post<Discussions>(pathOf(topic), { channelId, ...(body !== '' && { body }) });
    client.setQueryData(discussionsKey(topic), done);
    const there = done.items.find(({ channel }) => channel.id === channelId);
    await navigate({
      ...{ to: '/c/$cohortId/chat/$channelId', params: { cohortId, channelId } },
      search: (there ? { message: there.messageId } : {}) as never,
    });
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('title')}
      act={t('act')}
      keep={t('common:cancel')}
      danger={false}
      ns="discussions"
      isReady={() => channelId !== null}
      onConfirm={discuss}
    >
      <p>{channels.length === 0 ? t('none') : t('lead')}</p>
      <Select
        mt="sm"
        label={t('where')}
        data={channels.map((channel) => ({ value: channel.id, label: `#${names.channel(channel)}` }))}
        value={channelId}
        onChange={setChosen}
        allowDeselect={false}
        searchable
        openOnFocus={false}
        data-autofocus
      />
      <Textarea
        mt="sm"
        label={t('words')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
