import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Discussions as Reply } from '../../../../src/contracts/bridges/discussions';
import type { Topic } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { useMembership } from '../../api/session';
import { useNames } from '../../shell/navigation/names';
import { Part } from '../../ui/forms/Part';
import { Group } from '../../ui/page/Group';
import { lazyPart } from '../../ui/page/lazy-part';
import { When } from '../../ui/times/When';
import { discussionsKey, pathOf } from './discussions';

const DiscussDialog = lazyPart(() => import('./DiscussDialog'));

/** Beside a topic: in which of my channels it is discussed, and the way to discuss it there. */
export default function Discussions({ topic }: { topic: Topic }) {
  const { t } = useTranslation('discussions');
  const names = useNames();
  const isRunning = useMembership()?.cohortState === 'running';
  const [opened, setOpened] = useState(false);
  const { cohortId } = topic;
  const { data } = useQuery({
    queryKey: discussionsKey(topic),
    queryFn: ({ signal }) => api.get<Reply>(pathOf(topic), { signal }),
  });
  const items = data?.items ?? [];
  if (!data || (items.length === 0 && !isRunning)) return null;
  return (
    <>
      {items.length > 0 && (
        <Group title={t('discussed')}>
          <ul className="stackv g4 mt12">
            {items.map(({ channel, messageId, at }) => (
              <li key={channel.id} className="row g8">
                <Link
                  className="link"
                  to="/c/$cohortId/chat/$channelId"
                  params={{ cohortId, channelId: channel.id }}
                  search={{ message: messageId } as never}
                >
                  #{names.channel({ ...channel, people: [] })}
                </Link>
                <span className="t3 xs">
                  <When at={at} />
                </span>
              </li>
            ))}
          </ul>
        </Group>
      )}
      {isRunning && (
        <Button size="sm" mt={items.length > 0 ? 'sm' : 'xl'} onClick={() => setOpened(true)}>
          {t('now')}
        </Button>
      )}
      <Part lost="over">{opened && <DiscussDialog topic={topic} onClose={() => setOpened(false)} />}</Part>
    </>
  );
}
