import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyInterviews } from '../../../../src/contracts/selection/interviews';
import { listOf } from '../../i18n/list-of';
import { useLocale, useZone } from '../../time/clock';
import { zoneWords } from '../../time/format';
import { ConfirmDialog } from '../../ui/confirm';
import { Part } from '../../ui/forms/Part';
import { Empty } from '../../ui/page/Empty';
import { Group } from '../../ui/page/Group';
import { lazyPart } from '../../ui/page/lazy-part';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { said } from '../apply/call/timing';
import { Place } from './Place';
import { useMyActs, useMyInterviews } from './queries';
import { Times } from './Times';

const OfferDialog = lazyPart(() => import('./OfferDialog'));

type Panel = MyInterviews['panels'][number];
type Time = Panel['times'][number];

/** The panels on which I sit: the times that we offer, and whom I talk to. */
export default function MyInterviewsPage() {
  const { t } = useTranslation('interviews');
  return (
    <div className="page">
      <PageHeader title={t('mine.title')} lead={t('mine.lead', { zone: zoneWords(useZone()) })} />
      <QueryBoundary query={useMyInterviews()} ns="interviews">
        {({ panels }) =>
          panels.length === 0 ? (
            <Empty title={t('mine.none')}>{t('mine.noneBody')}</Empty>
          ) : (
            panels.map((panel) => <Mine key={panel.id} panel={panel} />)
          )
        }
      </QueryBoundary>
    </div>
  );
}

function Mine({ panel }: { panel: Panel }) {
  const { t } = useTranslation('interviews');
  const [zone, locale] = [useZone(), useLocale()];
  const acts = useMyActs();
  const [isOffering, setOffering] = useState(false);
  const [going, setGoing] = useState<Time | null>(null);
  const { id, name, place, phone, minutes, times, waiting, timeZone, callTitle, cohort } = panel;
  return (
    <Group
      title={name}
      right={
        <span className="row wrap">
          {times.length > 0 && (
            <Link className="link" to="/reviews/interviews/panels/$panelId" params={{ panelId: id }}>
              {t('sheet.open')}
            </Link>
          )}
          <Button size="sm" onClick={() => setOffering(true)}>
            {t('offer.open')}
          </Button>
        </span>
      }
    >
      <p className="t2 mt8">{[cohort.name, said(callTitle, locale)].join(' · ')}</p>
      <p className="t2">
        {[
          panel.with.length > 0 && t('mine.with', { names: listOf(panel.with, locale) }),
          t('minutes', { count: minutes }),
        ]
          .filter(Boolean)
          .join(' · ')}
        {' · '}
        <Place place={place} />
        {phone !== '' && <> · {phone}</>}
      </p>
      {waiting > 0 && <p className="t2">{t('mine.waiting', { count: waiting })}</p>}
      {times.length === 0 && <p className="mt12">{t('times.none')}</p>}
      <Times
        times={times}
        zone={zone}
        takenBy={({ interview }) =>
          interview && {
            name: interview.name || interview.number || t('ended'),
            who: interview.number ? (
              <Link className="link" to="/reviews/interviews/$interviewId" params={{ interviewId: interview.id }}>
                {interview.name || interview.number}
              </Link>
            ) : (
              t('ended')
            ),
            ...(interview.hasMissed
              ? { how: t('attendance.missed') }
              : interview.note !== 'none' && { how: t(`note.standing.${interview.note}`) }),
          }
        }
        onTakeAway={setGoing}
      />
      <Part lost="over">
        {isOffering && (
          <OfferDialog
            {...{ panel, timeZone }}
            offer={(body) => acts.offer(id, body)}
            onClose={() => setOffering(false)}
          />
        )}
      </Part>
      <ConfirmDialog
        opened={going !== null}
        onClose={() => setGoing(null)}
        title={t('times.takeAwayTitle')}
        act={t('times.takeAway')}
        ns="interviews"
        onConfirm={async () => {
          if (going) await acts.takeAway(going.id);
        }}
      >
        {going?.interview ? t('times.takeAwayTaken', { name: going.interview.name }) : t('times.takeAwayFree')}
      </ConfirmDialog>
    </Group>
  );
}
