import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconHash, IconLock, IconPlus, IconSearch, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelEntry } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useCohort } from '../../../api/session';
import type { Page } from '../../../api/types';
import { useNames } from '../../../shell/navigation/names';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatAbsolute, formatRelative } from '../../../time/format';
import { Empty } from '../../../ui/page/Empty';
import { Icon } from '../../../ui/Icon';
import { PageHeader } from '../../../ui/page/PageHeader';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { Row, Rows } from '../../../ui/page/Row';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { usePageTitle } from '../../../ui/page/title';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { MessageLink } from '../messages/MessageLink';
import { useJoin } from './useJoin';

const NewChannel = lazyPart(() => import('../../../shell/navigation/NewChannel'));
const PAUSE_MS = 200;

/** The channels of the cohort that I may see, with what each is for; open ones can be joined. */
export default function BrowsePage() {
  const { t } = useTranslation('chat');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/channels' });
  const isRunning = useCohort()?.state === 'running';
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const [archived, setArchived] = useState(false);
  const [making, setMaking] = useState(false);
  usePageTitle(t('browse.title'));
  const query = useInfiniteQuery({
    queryKey: keys.in(cohortId, 'channels', 'browse', q, archived),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<ChannelEntry>>(`/cohorts/${cohortId}/channels/browse`, {
        query: { q, archived, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <div className="page">
      <PageHeader title={t('browse.title')} lead={t('browse.lead')}>
        {isRunning && (
          <Button leftSection={<Icon of={IconPlus} />} onClick={() => setMaking(true)}>
            {t('common:channels.new')}
          </Button>
        )}
      </PageHeader>
      <div className="row wrap mt16" role="search">
        <TextInput
          w={360}
          maw="100%"
          type="search"
          aria-label={t('browse.search')}
          placeholder={t('browse.search')}
          leftSection={<Icon of={IconSearch} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('browse.which')}
          value={archived ? 'archived' : 'open'}
          onChange={(which) => setArchived(which === 'archived')}
          data={[
            { value: 'open', label: t('browse.running') },
            { value: 'archived', label: t('browse.archived') },
          ]}
        />
      </div>
      {query.error ? (
        <div className="mt16">
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        </div>
      ) : query.isPending ? (
        <RowSkeleton rows={8} />
      ) : items.length === 0 ? (
        <Empty title={t(q ? 'browse.nothing' : 'browse.none')} />
      ) : (
        <div className="mt16">
          <Rows label={t('browse.title')}>
            {items.map((entry) => (
              <Entry key={entry.id} entry={entry} cohortId={cohortId} />
            ))}
          </Rows>
        </div>
      )}
      {query.hasNextPage && (
        <div className="row mt16">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('common:more')}
          </Button>
        </div>
      )}
      <Part lost="over">{making && <NewChannel cohortId={cohortId} onClose={() => setMaking(false)} />}</Part>
    </div>
  );
}

function Entry({ entry, cohortId }: { entry: ChannelEntry; cohortId: string }) {
  const { t } = useTranslation('chat');
  const name = useNames().channel({ ...entry, people: [] });
  const navigate = useNavigate();
  const { join, busy } = useJoin(cohortId);
  const isPrivate = entry.kind === 'private' || entry.kind === 'team';
  const toChannel = () => navigate({ to: '/c/$cohortId/chat/$channelId', params: { cohortId, channelId: entry.id } });
  return (
    <Row
      left={<Icon of={isPrivate ? IconLock : IconHash} />}
      title={
        entry.joined ? (
          <MessageLink channel={{ id: entry.id, cohortId }} className="title">
            {name}
          </MessageLink>
        ) : (
          name
        )
      }
      meta={
        <>
          <span>
            <Icon of={IconUsers} size={16} />
            {t('members.count', { count: entry.people })}
          </span>
          {entry.lastAt && <LastSaid at={entry.lastAt} />}
        </>
      }
      right={
        entry.mayJoin ? (
          <Button
            size="sm"
            loading={busy}
            onClick={() => join(entry.id, toChannel)}
            aria-label={t('browse.joinOf', { name })}
          >
            {t('browse.join')}
          </Button>
        ) : entry.joined ? (
          <span className="t2">{t('browse.joined')}</span>
        ) : (
          <span className="t2">{t(entry.archived ? 'browse.closed' : 'browse.byCraft')}</span>
        )
      }
    >
      <p className="t2 measure">{entry.topic || t(`purpose.${entry.kind}`)}</p>
    </Row>
  );
}

function LastSaid({ at }: { at: string }) {
  const { t } = useTranslation('chat');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  return (
    <span>
      <time dateTime={at} title={formatAbsolute(at, zone, locale)}>
        {t('browse.last', { when: formatRelative(at, zone, locale, now) })}
      </time>
    </span>
  );
}
