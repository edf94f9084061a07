import { NativeSelect, Tabs, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApplyEvents } from '../../api/socket';
import { oneOf } from '../../shell/address';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { forumEvents, type TopicFilter, useTopicCounts } from './forum';
import classes from './forum.module.css';
import { ForumSide } from './ForumSide';
import { TopicLists } from './TopicLists';

const NARROWER = ['unanswered', 'solved', 'mine'] as const;
const TABS = ['all', ...NARROWER] as const;
const SORTS = ['latest', 'oldest', 'votes'] as const;

export default function ForumPage() {
  const { t } = useTranslation('forum');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/forum' });
  const asked: TopicFilter = useSearch({ strict: false });
  const filter: TopicFilter = { ...asked, tab: oneOf(NARROWER, asked.tab), sort: oneOf(SORTS, asked.sort) };
  const navigate = useNavigate();
  const counts = useTopicCounts(cohortId).data;
  useApplyEvents(forumEvents);
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
      <Tabs mt="md" value={filter.tab ?? 'all'} onChange={(tab) => narrow({ tab: oneOf(NARROWER, tab) })}>
        <Tabs.List aria-label={t('title')}>
          {TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`tabs.${tab}`)} {counts && <span className="num">{counts[tab]}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={filter.tab ?? 'all'}>
          <div className={`two narrow fold ${classes.below}`}>
            <div>
              <div className="row wrap">
                <SearchField
                  key={filter.q ?? ''}
                  value={filter.q ?? ''}
                  total={counts?.all}
                  onSearch={(q) => narrow({ q })}
                />
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
              </div>
              <TopicLists
                cohortId={cohortId}
                filter={filter}
                onClear={() => narrow({ q: undefined, tag: undefined })}
              />
            </div>
            <ForumSide cohortId={cohortId} counts={counts} tag={filter.tag} onTag={(tag) => narrow({ tag })} />
          </div>
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** The tag in the address is shown even when no topic has it. */
const tagsWith = (tags: string[], chosen: string | undefined) =>
  chosen && !tags.includes(chosen) ? [chosen, ...tags] : tags;

function SearchField({
  value,
  total,
  onSearch,
}: {
  value: string;
  total: number | undefined;
  onSearch: (q: string) => void;
}) {
  const { t } = useTranslation('forum');
  const [typed, setTyped] = useState(value);
  const search = useDebouncedCallback(onSearch, 300);
  return (
    <TextInput
      className={classes.search}
      type="search"
      aria-label={t('search')}
      placeholder={total === undefined ? t('search') : t('searchAll', { count: total })}
      leftSection={<Icon of={IconSearch} />}
      value={typed}
      maxLength={100}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search(event.currentTarget.value.trim());
      }}
    />
  );
}
