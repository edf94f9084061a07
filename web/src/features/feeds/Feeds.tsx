import { Button, NativeSelect } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MadeCalendarFeed, MyCalendarFeed } from '../../../../src/contracts/calendar';
import { useMe } from '../../api/session';
import { ConfirmDialog } from '../../ui/confirm';
import { Icon } from '../../ui/Icon';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { When } from '../../ui/times/When';
import { AddressLine } from './AddressLine';
import { isOf, type Scope, useFeedActs, useFeeds, useTags, webcalOf } from './feeds';
import classes from './feeds.module.css';

const OWN: Scope = { cohortId: null, tag: null };

/** Addresses for my own calendar program: making one, copying it, a new one in its place, ending it; and which of mine are read. */
export default function Feeds({ first = OWN }: { first?: Scope }) {
  const { t } = useTranslation('feeds');
  const feeds = useFeeds();
  const { make, end } = useFeedActs();
  const [scope, setScope] = useState<Scope>(first);
  const [ending, setEnding] = useState<MyCalendarFeed | null>(null);
  const known = feeds.data?.find(isOf(scope));
  const made = make.data && isOf(scope)(make.data) ? make.data : null;
  return (
    <>
      <ScopeFields scope={scope} onChange={setScope} />
      {made ? <Address feed={made} /> : known && <p className="t2 mt12">{t('known')}</p>}
      <div className="row mt12">
        <Button
          size="sm"
          variant={made ? 'default' : 'filled'}
          loading={make.isPending}
          onClick={() => make.mutate(scope)}
        >
          {t(known ? 'renew' : 'make')}
        </Button>
      </div>
      <div className="mt8">
        <ProblemAlert error={make.error} ns="feeds" />
      </div>
      <h2 className={`mt24 ${classes.head}`}>{t('mine')}</h2>
      <QueryBoundary query={feeds} loading={<RowSkeleton rows={2} />}>
        {(items) =>
          items.length === 0 ? (
            <p className="t2 mt8">{t('none')}</p>
          ) : (
            <ul className="list tight">
              {items.map((feed) => (
                <FeedRow key={feed.id} feed={feed} onEnd={() => setEnding(feed)} />
              ))}
            </ul>
          )
        }
      </QueryBoundary>
      <Ending feed={ending} onClose={() => setEnding(null)} onEnd={end} />
    </>
  );
}

/** What shall be in it: mine, or a cohort of mine, all of it or what has a tag. */
function ScopeFields({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const { t } = useTranslation('feeds');
  const me = useMe();
  const tags = useTags(scope.cohortId ?? undefined).data ?? [];
  const cohorts = me.memberships.map(({ cohortId, cohortName }) => ({
    value: cohortId,
    label: t('ofCohort', { cohort: cohortName }),
  }));
  const offered = [...tags.map(({ tag, workshops }) => ({ value: tag, label: t('tag', { tag, workshops }) }))];
  if (scope.tag !== null && !tags.some(({ tag }) => tag === scope.tag))
    offered.push({ value: scope.tag, label: scope.tag });
  return (
    <div className={`mt12 ${classes.scope}`}>
      <NativeSelect
        label={t('what')}
        value={scope.cohortId ?? ''}
        data={[{ value: '', label: t('own') }, ...cohorts]}
        onChange={({ currentTarget: { value } }) => onChange({ cohortId: value || null, tag: null })}
      />
      {scope.cohortId !== null && (
        <NativeSelect
          label={t('which')}
          value={scope.tag ?? ''}
          data={[{ value: '', label: t('anyTag') }, ...offered]}
          onChange={({ currentTarget: { value } }) => onChange({ ...scope, tag: value || null })}
        />
      )}
    </div>
  );
}

/** The address, which is told this once. */
function Address({ feed: { url } }: { feed: MadeCalendarFeed }) {
  const { t } = useTranslation('feeds');
  return (
    <div className="mt12">
      <AddressLine url={url} />
      <p className="t3 xs mt4">{t('once')}</p>
      <Button
        mt="xs"
        size="sm"
        component="a"
        href={webcalOf(url)}
        leftSection={<Icon of={IconCalendarPlus} size={16} />}
      >
        {t('open')}
      </Button>
    </div>
  );
}

/** What a feed is called: by what is in it. */
function useFeedName(): (feed: MyCalendarFeed) => string {
  const { t } = useTranslation('feeds');
  return ({ cohortId, cohortName, tag }) => {
    if (cohortId === null) return t('own');
    const cohort = cohortName ?? t('leftCohort');
    return tag === null ? t('ofCohort', { cohort }) : t('ofTag', { cohort, tag });
  };
}

function FeedRow({ feed, onEnd }: { feed: MyCalendarFeed; onEnd: () => void }) {
  const { t } = useTranslation('feeds');
  const nameOf = useFeedName();
  const name = nameOf(feed);
  return (
    <li>
      <div className="grow">
        <span className="bold">{name}</span>
        <p className="t3 xs">
          {feed.cohortId !== null && feed.cohortName === null ? (
            t('dead')
          ) : feed.lastReadAt ? (
            <>
              {t('lastRead')} <When at={feed.lastReadAt} />
            </>
          ) : (
            t('never')
          )}
        </p>
      </div>
      <Button size="sm" variant="subtle" onClick={onEnd} aria-label={t('endOf', { name })}>
        {t('end')}
      </Button>
    </li>
  );
}

interface EndingProps {
  feed: MyCalendarFeed | null;
  onClose: () => void;
  onEnd: (feed: MyCalendarFeed) => Promise<void>;
}

function Ending({ feed, onClose, onEnd }: EndingProps) {
  const { t } = useTranslation('feeds');
  const nameOf = useFeedName();
  return (
    <ConfirmDialog
      opened={feed !== null}
      onClose={onClose}
      title={feed ? t('endTitle', { name: nameOf(feed) }) : ''}
      act={t('end')}
      onConfirm={async () => {
        if (feed) await onEnd(feed);
      }}
    >
      {t('endBody')}
    </ConfirmDialog>
  );
}
