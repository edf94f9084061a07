import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCircleCheck, IconSearch, IconX } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommonsTopicSummary } from '../../../../src/contracts/commons/commons';
import { useMe } from '../../api/session';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/page/Empty';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { State } from '../../ui/page/State';
import { PersonName } from '../../ui/people/PersonName';
import { When } from '../../ui/times/When';
import { type CommonsFilter, useCommonsTopics } from './commons';
import classes from './commons.module.css';

const PAUSE_MS = 300;
const STATES = ['unanswered', 'solved'] as const;

const stateIn = (value: string): CommonsFilter['state'] => STATES.find((state) => state === value);

/** What cohorts opened to all, the latest first. */
export default function CommonsPage() {
  const { t } = useTranslation('commons');
  const me = useMe();
  const filter: CommonsFilter = useSearch({ strict: false });
  const navigate = useNavigate();
  const topics = useCommonsTopics(filter);
  const narrow = (change: CommonsFilter) =>
    void navigate({
      to: '/commons',
      search: Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value)) as never,
      replace: true,
    });
  const keepsOrder = me.isAdmin || me.memberships.some(({ role }) => role === 'staff');
  return (
    <div className="page">
      <PageHeader title={t('title')} lead={t('lead')}>
        <ButtonLink to="/commons/handbook">{t('common:nav.handbook')}</ButtonLink>
        {keepsOrder && <ButtonLink to="/commons/flags">{t('flags.title')}</ButtonLink>}
      </PageHeader>
      <div className={classes.tools}>
        <SearchField value={filter.q ?? ''} onSearch={(q) => narrow({ q })} />
        <NativeSelect
          aria-label={t('state.label')}
          value={filter.state ?? ''}
          onChange={(event) => narrow({ state: stateIn(event.currentTarget.value) })}
          data={(['', ...STATES] as const).map((state) => ({ value: state, label: t(`state.${state || 'any'}`) }))}
        />
        {filter.tag && (
          <Button
            variant="default"
            rightSection={<Icon of={IconX} size={16} />}
            aria-label={t('anyTag', { tag: filter.tag })}
            onClick={() => narrow({ tag: undefined })}
          >
            #{filter.tag}
          </Button>
        )}
      </div>
      <QueryBoundary query={topics} ns="commons">
        {({ pages }) => {
          const all = pages.flatMap(({ items }) => items);
          if (all.length === 0)
            return filter.q || filter.tag || filter.state ? (
              <Empty title={t('nothingFound')}>{t('nothingFoundBody')}</Empty>
            ) : (
              <Empty title={t('empty')}>{t('emptyBody')}</Empty>
            );
          return (
            <div className={classes.list}>
              <ul className="list mt16">
                {all.map((topic) => (
                  <TopicRow key={topic.id} topic={topic} onTag={(tag) => narrow({ tag, q: undefined })} />
                ))}
              </ul>
              {topics.hasNextPage && (
                <Button mt="md" loading={topics.isFetchingNextPage} onClick={() => void topics.fetchNextPage()}>
                  {t('common:more')}
                </Button>
              )}
            </div>
          );
        }}
      </QueryBoundary>
    </div>
  );
}

function SearchField({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const { t } = useTranslation('commons');
  const [typed, setTyped] = useState(value);
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS);
  useEffect(() => {
    if (q !== value) onSearch(q);
    // Only what was typed writes the address.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [q]);
  // A tag leads away from what was searched.
  const [shown, setShown] = useState(value);
  if (value !== shown) {
    setShown(value);
    if (value !== q) setTyped(value);
  }
  return (
    <div role="search">
      <TextInput
        className={classes.search}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<Icon of={IconSearch} />}
        autoComplete="off"
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </div>
  );
}

function TopicRow({ topic, onTag }: { topic: CommonsTopicSummary; onTag: (tag: string) => void }) {
  const { t } = useTranslation('commons');
  return (
    <li>
      <div className="grow">
        <Link className="title md" to="/commons/$topicId" params={{ topicId: topic.id }}>
          {topic.title}
        </Link>
        <p className="t2">{topic.excerpt}</p>
        <p className="meta">
          <PersonName person={topic.author} you />
          {topic.lastAuthor.id !== topic.author.id && (
            <span>{t('lastBy', { name: topic.lastAuthor.name || t('common:formerMember') })}</span>
          )}
          <When at={topic.lastAt} />
          {topic.tags.map((tag) => (
            <button key={tag} type="button" className="link" onClick={() => onTag(tag)}>
              #{tag}
            </button>
          ))}
        </p>
      </div>
      <span className={classes.standing}>
        {topic.state === 'solved' && (
          <State tone="ok" icon={IconCircleCheck}>
            {t('solved')}
          </State>
        )}
        {topic.state === 'unanswered' && <span className="t2">{t('noReply')}</span>}
        {topic.state !== 'unanswered' && <span className="t2">{t('posts', { count: topic.posts })}</span>}
      </span>
    </li>
  );
}
