import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForumFeed, ForumFeedList, ForumFeeds, MadeForumFeed } from '../../../../src/contracts/forum-feeds';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useFocusBack } from '../../ui/page/focus';
import { ProblemAlert, useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { When } from '../../ui/times/When';
import { toastProblem } from '../../ui/toast';
import { AddressLine } from '../feeds/AddressLine';
import classes from '../feeds/feeds.module.css';

const LISTS: readonly ForumFeedList[] = ['all', 'new', 'unread', 'unanswered', 'solved', 'mine'];

interface FeedsProps {
  cohortId: string;
  tags: readonly string[];
  onClose: () => void;
}

type Scope = Pick<ForumFeed, 'list' | 'tag'>;

/** Addresses for a program that reads feeds: making one for a list or a tag, a new one in its place, ending it. */
export default function FeedsDialog({ cohortId, tags, onClose }: FeedsProps) {
  const { t } = useTranslation('finding');
  useFocusBack();
  const client = useQueryClient();
  const text = useProblemText('finding');
  const path = `/cohorts/${cohortId}/forum/feeds`;
  const key = keys.in(cohortId, 'forum-feeds');
  const feeds = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<ForumFeeds>(path, { signal }) });
  const again = () => client.invalidateQueries({ queryKey: key });
  const [scope, setScope] = useState<Scope>({ list: 'all', tag: null });
  const make = useMutation({ mutationFn: () => api.post<MadeForumFeed>(path, scope), onSuccess: again });
  const isOf = (one: Scope) => one.list === scope.list && one.tag === scope.tag;
  const made = make.data && isOf(make.data) ? make.data : null;
  const known = feeds.data?.items.some(isOf) ?? false;
  const nameOf = ({ list, tag }: Scope) => (tag === null ? t(`feeds.lists.${list}`) : `#${tag}`);
  const end = ({ id }: ForumFeed) =>
    void api.delete(`${path}/${id}`).then(
      () => {
        if (make.data?.id === id) make.reset();
        return again();
      },
      (error: unknown) => toastProblem(text(error)),
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('feeds.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <p className="t2 mt4">{t('feeds.lead')}</p>
      <NativeSelect
        className="mt12"
        label={t('feeds.what')}
        value={scope.tag === null ? scope.list : `#${scope.tag}`}
        data={[
          ...LISTS.map((list) => ({ value: list as string, label: t(`feeds.lists.${list}`) })),
          ...tags.map((tag) => ({ value: `#${tag}`, label: `#${tag}` })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          setScope(
            value.startsWith('#') ? { list: 'all', tag: value.slice(1) } : { list: value as ForumFeedList, tag: null },
          )
        }
      />
      {made ? <Address url={made.url} /> : known && <p className="t2 mt12">{t('feeds.known')}</p>}
      <div className="row mt12">
        <Button size="sm" variant={made ? 'default' : 'filled'} loading={make.isPending} onClick={() => make.mutate()}>
          {t(known ? 'feeds.renew' : 'feeds.make')}
        </Button>
      </div>
      <div className="mt8">
        <ProblemAlert error={make.error} ns="finding" />
      </div>
      <h3 className={`mt24 ${classes.head}`}>{t('feeds.mine')}</h3>
      <QueryBoundary query={feeds}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="t2 mt8">{t('feeds.none')}</p>
          ) : (
            <ul className="list tight">
              {items.map((feed) => (
                <li key={feed.id}>
                  <div className="grow">
                    <span className="bold">{nameOf(feed)}</span>
                    <p className="t3 xs">
                      {feed.lastReadAt ? (
                        <>
                          {t('feeds.lastRead')} <When at={feed.lastReadAt} />
                        </>
                      ) : (
                        t('feeds.never')
                      )}
                    </p>
                  </div>
                  <Button
                    size="sm"
                    variant="subtle"
                    aria-label={t('feeds.endOf', { name: nameOf(feed) })}
                    onClick={() => end(feed)}
                  >
                    {t('feeds.end')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </QueryBoundary>
    </Modal>
  );
}

/** The address, which is told this once. */
function Address({ url }: { url: string }) {
  const { t } = useTranslation('finding');
  return (
    <div className="mt12">
      <AddressLine url={url} />
      <p className="t3 xs mt4">{t('feeds.once')}</p>
    </div>
  );
}
