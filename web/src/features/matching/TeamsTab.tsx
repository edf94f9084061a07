import { Button, NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchingOverview } from '../../../../src/contracts/selection/matching';
import { useLocale, useZone } from '../../time/clock';
import { formatShortDay, formatTime } from '../../time/format';
import { Part } from '../../ui/forms/Part';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/page/Empty';
import { lazyPart } from '../../ui/page/lazy-part';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { State } from '../../ui/page/State';
import { rulesOf } from './board';
import classes from './matching.module.css';
import { useMatching } from './queries';
import { VersionBoard } from './VersionBoard';

const SolveDialog = lazyPart(() => import('./SolveDialog'));
const PublishDialog = lazyPart(() => import('./PublishDialog'));

interface TeamsTabProps {
  cohortId: string;
  overview: MatchingOverview;
}

/** The versions of the teams, one of them on the board. */
export default function TeamsTab({ cohortId, overview }: TeamsTabProps) {
  const { t } = useTranslation('matching');
  const asked: { version?: unknown } = useSearch({ strict: false });
  const [solving, setSolving] = useState(false);
  const { people, projects, versions, abilities } = overview;
  const [newest] = versions;
  const shown = versions.find(({ id }) => id === asked.version) ?? newest;
  if (!shown?.id) {
    if (people.length === 0) return <Empty title={t('teams.nobody')}>{t('teams.nobodyBody')}</Empty>;
    if (projects.length === 0) return <Empty title={t('teams.noProjects')}>{t('teams.noProjectsBody')}</Empty>;
    const act = abilities.match && (
      <Button variant="filled" leftSection={<Icon of={IconRoute} size={16} />} onClick={() => setSolving(true)}>
        {t('teams.first')}
      </Button>
    );
    return (
      <>
        <Empty title={t('teams.none')} act={act}>
          {t('teams.noneBody', { wishes: overview.wishes.handedIn, people: people.length })}
          {abilities.edit && !abilities.match && ` ${t('teams.own')}`}
        </Empty>
        <Part lost="over">
          {solving && (
            <SolveDialog cohortId={cohortId} overview={overview} matching={null} onClose={() => setSolving(false)} />
          )}
        </Part>
      </>
    );
  }
  return <Version key={shown.id} cohortId={cohortId} overview={overview} matchingId={shown.id} />;
}

function Version({ cohortId, overview, matchingId }: TeamsTabProps & { matchingId: string }) {
  const { t } = useTranslation('matching');
  const [locale, zone] = [useLocale(), useZone()];
  const navigate = useNavigate();
  const query = useMatching(cohortId, matchingId);
  const [asking, setAsking] = useState<'solve' | 'publish' | null>(null);
  const { versions, abilities } = overview;
  const published = versions.find(({ publishedAt }) => publishedAt !== null);
  const mayMove = abilities.match && !published;
  const show = (version: string) =>
    void navigate({ to: '.', search: { tab: 'teams', version } as never, replace: true, resetScroll: false });
  const number = versions.find(({ id }) => id === matchingId)?.number;
  const close = () => setAsking(null);
  return (
    <>
      <div className={`${classes.bar} mt16`}>
        <NativeSelect
          aria-label={t('teams.version')}
          value={matchingId}
          data={versions.map((one) => ({
            value: one.id ?? '',
            label: t(one.publishedAt ? 'teams.publishedOption' : 'teams.option', {
              number: one.number,
              first: one.shares.first,
              at: `${formatShortDay(one.at, zone, locale)} ${formatTime(one.at, zone, locale)}`,
            }),
          }))}
          onChange={(event) => show(event.currentTarget.value)}
        />
        {published && published.id === matchingId && <State tone="ok">{t('teams.isPublished')}</State>}
        <span className="grow" />
        {mayMove && (
          <>
            <Button leftSection={<Icon of={IconRoute} size={16} />} onClick={() => setAsking('solve')}>
              {t('teams.again')}
            </Button>
            <Button variant="filled" onClick={() => setAsking('publish')}>
              {t('teams.publish', { number })}
            </Button>
          </>
        )}
      </div>
      {abilities.edit && !abilities.match && !published && <p className="t2 mt8">{t('teams.own')}</p>}
      <QueryBoundary query={query} ns="matching" loading={<RowSkeleton rows={8} />}>
        {(matching) => (
          <>
            <VersionBoard {...{ cohortId, overview, matching, mayMove }} onShow={show} />
            <Part lost="over">
              {asking === 'solve' && (
                <SolveDialog
                  {...{ cohortId, overview, matching }}
                  rules={rulesOf(matching, overview)}
                  onClose={close}
                  onMade={show}
                />
              )}
              {asking === 'publish' && <PublishDialog {...{ cohortId, overview, matching }} onClose={close} />}
            </Part>
          </>
        )}
      </QueryBoundary>
    </>
  );
}
