import { Button, Modal } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Poll, PollVoter } from '../../../../src/contracts/forum/polls';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { useFocusBack } from '../../ui/page/focus';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { Avatar } from '../../ui/people/Avatar';
import { PersonName } from '../../ui/people/PersonName';

interface PollVotersProps {
  /** Of the poll in the API. */
  path: string;
  poll: Poll;
  cohortId: string;
  onClose: () => void;
}

/** Who chose what, the first first. */
export default function PollVoters({ path, poll, cohortId, onClose }: PollVotersProps) {
  const { t } = useTranslation('polls');
  useFocusBack();
  const query = useInfiniteQuery({
    // With the topics: a vote asks for both again.
    queryKey: keys.in(cohortId, 'topics', 'voters', path),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<PollVoter>>(`${path}/voters`, { query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const voters = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Modal opened onClose={onClose} title={t('whoTitle')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {query.isPending && <RowSkeleton rows={3} />}
      {query.error && <ProblemAlert error={query.error} ns="polls" onRetry={() => void query.refetch()} />}
      {poll.options.map(({ text, votes }, at) => {
        const people = voters.filter(({ options }) => options.includes(at));
        if (people.length === 0) return null;
        return (
          <section key={at} className="mt16">
            <h3>
              {text} <span className="t3 num">{votes}</span>
            </h3>
            <ul className="list tight">
              {people.map(({ person }) => (
                <li key={person.id}>
                  <Avatar id={person.id} name={person.name || '?'} url={person.avatarUrl} size={24} />
                  <PersonName person={person} cohortId={cohortId} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {query.hasNextPage && (
        <Button mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </Modal>
  );
}
