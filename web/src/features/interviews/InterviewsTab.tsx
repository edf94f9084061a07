import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../src/contracts/calls/calls';
import type { Interviews } from '../../../../src/contracts/selection/interviews';
import { useMe } from '../../api/session';
import { zoneWords } from '../../time/format';
import { ButtonLink } from '../../ui/ButtonLink';
import { Part } from '../../ui/forms/Part';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/page/Empty';
import { lazyPart } from '../../ui/page/lazy-part';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { PanelPart } from './PanelPart';
import { type OfCall, useInterviews } from './queries';

const PanelDialog = lazyPart(() => import('./PanelDialog'));

/** The interviews of a call: its panels, the times that they offer, and who has chosen one. */
export default function InterviewsTab({ cohortId, call }: { cohortId: string; call: Call }) {
  const of: OfCall = { cohortId, callId: call.id };
  return (
    <div className="mt16">
      <QueryBoundary query={useInterviews(of)} ns="interviews" loading={<RowSkeleton rows={6} />}>
        {(interviews) => <Panels of={of} interviews={interviews} />}
      </QueryBoundary>
    </div>
  );
}

function Panels({ of, interviews }: { of: OfCall; interviews: Interviews }) {
  const { t } = useTranslation('interviews');
  const me = useMe();
  const [asking, setAsking] = useState<string | null>(null);
  const { panels, people, timeZone, abilities } = interviews;
  const all = panels.flatMap((panel) => panel.interviews).filter(({ state }) => state !== 'ended');
  const chosen = all.filter(({ state }) => state === 'chosen').length;
  const missed = all.filter(({ missedAt }) => missedAt !== null).length;
  const sits = panels.some(({ members }) => members.some(({ userId }) => userId === me.id));
  const add = (variant: 'filled' | 'default') => (
    <Button variant={variant} leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setAsking('new')}>
      {t('panel.add')}
    </Button>
  );
  return (
    <>
      {panels.length === 0 ? (
        <Empty title={t('none.title')} act={abilities.edit && add('filled')}>
          {t('none.body')}
        </Empty>
      ) : (
        <>
          <div className="row wrap between">
            <p className="t2">
              {t('counts', { invited: all.length, chosen, left: all.length - chosen, zone: zoneWords(timeZone) })}
              {missed > 0 && ` ${t('attendance.counted', { count: missed })}`}
            </p>
            <div className="row wrap">
              {sits && <ButtonLink to="/reviews/interviews">{t('mine.title')}</ButtonLink>}
              {abilities.edit && add('default')}
            </div>
          </div>
          {panels.map((panel) => (
            <PanelPart
              key={panel.id}
              {...{ of, panel, timeZone }}
              mayEdit={abilities.edit}
              onChange={() => setAsking(panel.id)}
            />
          ))}
        </>
      )}
      <Part lost="over">
        {asking && (
          <PanelDialog
            of={of}
            panel={panels.find(({ id }) => id === asking) ?? null}
            people={people}
            onClose={() => setAsking(null)}
          />
        )}
      </Part>
    </>
  );
}
