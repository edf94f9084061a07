import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../../src/contracts/chat/chat';
import type { TopicSummary } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';

const PAUSE_MS = 200;
const MAX_FOUND = 8;

interface AsReplyProps {
  message: Message;
  cohortId: string;
  onClose: () => void;
}

/** Takes a message to a topic of the forum, where it stands in a reply that one looks at before it is posted. */
export default function AsReply({ message, cohortId, onClose }: AsReplyProps) {
  const { t } = useTranslation('discussions');
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'topics', 'for-reply', q),
    queryFn: ({ signal }) =>
      api.get<Page<TopicSummary>>(`/cohorts/${cohortId}/topics`, {
        query: { limit: MAX_FOUND, ...(q !== '' && { q }) },
        signal,
      }),
    select: ({ items }) => items.filter(({ closed }) => closed === null),
    placeholderData: keepPreviousData,
  });
  const topics = data ?? [];
  const go = () => {
    if (chosen === null) return;
    onClose();
    const carry = `${message.channelId}.${message.id}`;
    const params = { cohortId, topicId: chosen };
    void navigate({ to: '/c/$cohortId/forum/$topicId', params, search: { carry } as never });
  };
  return (
    <section className="stackv g16 mt24" aria-label={t('reply.or')}>
      <Select
        label={t('reply.topic')}
        description={t('reply.help')}
        data={topics.map(({ id, title }) => ({ value: id, label: title }))}
        // The server finds by other forms of the words, too.
        filter={({ options }) => options}
        searchable
        searchValue={typed}
        onSearchChange={setTyped}
        value={chosen}
        onChange={setChosen}
        nothingFoundMessage={t('common:search.nothing')}
      />
      <div className="row end">
        <Button disabled={chosen === null} onClick={go}>
          {t('reply.act')}
        </Button>
      </div>
    </section>
  );
}
