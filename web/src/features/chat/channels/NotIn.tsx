import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ChannelEntry } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useNames } from '../../../shell/navigation/names';
import { ButtonLink } from '../../../ui/ButtonLink';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { usePageTitle } from '../../../ui/page/title';
import { useJoin } from './useJoin';

/** In the place of a channel of my cohort that I am not in, for who follows a link to it: what it is, and the way in. */
export default function NotIn({ cohortId, channelId }: { cohortId: string; channelId: string }) {
  const query = useQuery({
    queryKey: keys.in(cohortId, 'channels', 'browse', 'entry', channelId),
    queryFn: ({ signal }) => api.get<ChannelEntry>(`/cohorts/${cohortId}/channels/${channelId}`, { signal }),
  });
  return (
    <div className="page">
      <QueryBoundary query={query}>{(entry) => <Known entry={entry} cohortId={cohortId} />}</QueryBoundary>
    </div>
  );
}

function Known({ entry, cohortId }: { entry: ChannelEntry; cohortId: string }) {
  const { t } = useTranslation('chat');
  const name = useNames().channel({ ...entry, people: [] });
  const { join, busy } = useJoin(cohortId);
  const { id, kind, topic, people, archived, mayJoin } = entry;
  usePageTitle(name);
  return (
    <div className="measure">
      <h1 tabIndex={-1}>{name}</h1>
      <p className="md mt8">{topic || t(`purpose.${kind}`)}</p>
      <p className="t2 mt8">
        {t('members.count', { count: people })}. {!mayJoin && t(archived ? 'notIn.closed' : 'notIn.craft')}
      </p>
      <div className="row mt24">
        {mayJoin && (
          <Button variant="filled" loading={busy} onClick={() => join(id)}>
            {t('notIn.join')}
          </Button>
        )}
        <ButtonLink to="/c/$cohortId/channels" params={{ cohortId }}>
          {t('common:left.toChannels')}
        </ButtonLink>
      </div>
    </div>
  );
}
