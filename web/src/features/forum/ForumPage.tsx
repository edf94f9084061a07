import { NativeSelect, Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useApplyEvents } from '../../api/socket';
import { oneOf } from '../../shell/address';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { Part } from '../../ui/forms/Part';
import { PageHeader } from '../../ui/page/PageHeader';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { ForumSearchField } from '../finding/ForumSearchField';
import { BookmarkList, ForumFound } from '../finding/lazy';
import { useListKeys } from '../finding/useForumKeys';
import { forumEvents, type TopicFilter, useTopicCounts } from './forum';
import classes from './forum.module.css';
import { ForumSide } from './ForumSide';
import { TopicLists } from './TopicLists';

const NARROWER = ['fresh', 'unanswered', 'solved', 'mine'] as const;
const CHOSEN = [...NARROWER, 'bookmarks'] as const;
const TABS = ['all', ...CHOSEN] as const;
const SORTS = ['latest', 'oldest', 'votes'] as const;

export default function ForumPage() {
  const { t } = useTranslation('forum');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/forum' });
  const asked: TopicFilter = useSearch({ strict: false });
  const filter: TopicFilter = { ...asked, tab: tabOf(asked.tab), sort: oneOf(SORTS, asked.sort) };
  const navigate = useNavigate();
  const counts = useTopicCounts(cohortId).data;
  useApplyEvents(forumEvents);
  useListKeys(cohortId);
  const narrow = (change: TopicFilter) =>
    void navigate({
      to: '/c/$cohortId/forum',
      params: { cohortId },
      search: Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value)) as never,
      replace: true,
    });

  return (
    <div className="page">
      <PageHeader title={t('title')} lead={t('lead')}>
        <ButtonLink
          variant="filled"
          to="/c/$cohortId/forum/new"
          params={{ cohortId }}
          leftSection={<Icon of={IconPlus} />}
        >
          {t('ask')}
        </ButtonLink>
      </PageHeader>
      <Tabs mt="md" value={filter.tab ?? 'all'} onChange={(tab) => narrow({ tab: oneOf(CHOSEN, tab), q: undefined })}>
        <Tabs.List aria-label={t('title')}>
          {TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`tabs.${tab}`)} {counts && tab !== 'bookmarks' && <span className="num">{counts[tab]}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={filter.tab ?? 'all'}>
          <div className={`two narrow fold ${classes.below}`}>
            <div>
              <div className="row wrap">
                <ForumSearchField value={filter.q ?? ''} total={counts?.all} onSearch={(q) => narrow({ q })} />
                {!filter.q && filter.tab !== 'bookmarks' && (
                  <>
                    <NativeSelect
                      aria-label={t('tag')}
                      value={filter.tag ?? ''}
                      onChange={(event) => narrow({ tag: event.currentTarget.value || undefined })}
                      data={[
                        { value: '', label: t('anyTag') },
                        ...tagsWith(counts?.tags.map(({ tag }) => tag) ?? [], filter.tag).map((tag) => ({
                          value: tag,
                          label: `#${tag}`,
                        })),
                      ]}
                    />
                    <NativeSelect
                      aria-label={t('sort')}
                      value={filter.sort ?? (filter.tab === 'unanswered' ? 'oldest' : 'latest')}
                      onChange={(event) => narrow({ sort: event.currentTarget.value as TopicFilter['sort'] })}
                      data={SORTS.map((sort) => ({ value: sort, label: t(`sorts.${sort}`) }))}
                    />
                  </>
                )}
              </div>
              <Found cohortId={cohortId} filter={filter} onClear={() => narrow({ tag: undefined })} />
            </div>
            <ForumSide
              cohortId={cohortId}
              counts={counts}
              tag={filter.tag}
              onTag={(tag) => narrow({ tag, q: undefined })}
            />
          </div>
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** What is new to me and what is unread were two lists once: their addresses lead to the one of both. */
const tabOf = (asked: unknown) => (asked === 'new' || asked === 'unread' ? 'fresh' : oneOf(CHOSEN, asked));

/** The tag in the address is shown even when no topic has it. */
const tagsWith = (tags: string[], chosen: string | undefined) =>
  chosen && !tags.includes(chosen) ? [chosen, ...tags] : tags;

/** What is on the page: what was searched, what I keep, or a list of topics. */
function Found({ cohortId, filter, onClear }: { cohortId: string; filter: TopicFilter; onClear: () => void }) {
  const { q, tab } = filter;
  if (!q && tab !== 'bookmarks') return <TopicLists cohortId={cohortId} filter={filter} onClear={onClear} />;
  return (
    <Part fallback={<RowSkeleton rows={8} />}>
      {q ? <ForumFound cohortId={cohortId} q={q} /> : <BookmarkList cohortId={cohortId} />}
    </Part>
  );
}
