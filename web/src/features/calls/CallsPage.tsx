import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { IconBriefcase, IconCheck, IconClock, IconLock, IconPencil, IconPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallKind, CallSummary } from '../../../../src/contracts/calls/calls';
import { useCohort } from '../../api/session';
import { useLocale, useNow } from '../../time/clock';
import { Part } from '../../ui/forms/Part';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/page/Empty';
import { lazyPart } from '../../ui/page/lazy-part';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { State } from '../../ui/page/State';
import classes from './calls.module.css';
import { useCalls } from './queries';
import { phaseOf, said, useCallTime } from './words';

const NewCallDialog = lazyPart(() => import('./NewCallDialog'));

const KINDS = [
  { kind: 'projects', icon: IconBriefcase },
  { kind: 'fellows', icon: IconUsers },
] as const;

/** The calls of a cohort: of projects from agencies, of fellows from people. */
export default function CallsPage() {
  const { t } = useTranslation('calls');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/calls' });
  const [making, setMaking] = useState<CallKind | null>(null);
  const query = useCalls(cohortId);
  const mayMake = useCohort()?.state !== 'closed';
  return (
    <div className="page">
      <PageHeader title={t('title')} lead={t('lead')}>
        {(query.data?.items.length ?? 0) > 0 && (
          <ButtonLink to="/c/$cohortId/calls/matching" params={{ cohortId }}>
            {t('matching')}
          </ButtonLink>
        )}
        {mayMake && (query.data?.items.length ?? 0) > 0 && (
          <Button variant="filled" leftSection={<Icon of={IconPlus} />} onClick={() => setMaking('projects')}>
            {t('new.open')}
          </Button>
        )}
      </PageHeader>
      <QueryBoundary query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <NoCalls mayMake={mayMake} onMake={setMaking} />
          ) : (
            <ul className="list mt16" aria-label={t('title')}>
              {items.map((call) => (
                <CallRow key={call.id} cohortId={cohortId} call={call} />
              ))}
            </ul>
          )
        }
      </QueryBoundary>
      <Part lost="over">
        {making && <NewCallDialog cohortId={cohortId} kind={making} onClose={() => setMaking(null)} />}
      </Part>
    </div>
  );
}

function NoCalls({ mayMake, onMake }: { mayMake: boolean; onMake: (kind: CallKind) => void }) {
  const { t } = useTranslation('calls');
  if (!mayMake) return <Empty title={t('empty.closed')} />;
  return (
    <>
      <Empty title={t('empty.title')}>{t('empty.body')}</Empty>
      <ul className={`${classes.ways} mt16`}>
        {KINDS.map(({ kind, icon }) => (
          <li key={kind}>
            <Icon of={icon} size={20} />
            <h2>{t(`kinds.${kind}`)}</h2>
            <p className="t2">{t(`empty.${kind}`)}</p>
            <Button onClick={() => onMake(kind)}>{t(`empty.begin_${kind}`)}</Button>
          </li>
        ))}
      </ul>
    </>
  );
}

const PHASES = {
  draft: { icon: IconPencil },
  coming: { icon: IconClock, tone: 'wait' },
  open: { icon: IconCheck, tone: 'ok' },
  over: { icon: IconLock },
} as const;

function CallRow({ cohortId, call }: { cohortId: string; call: CallSummary }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const timeOf = useCallTime();
  const phase = phaseOf(call, useNow());
  const { kind, opensAt, closesAt, counts } = call;
  const title = said(call.title, locale);
  const files = counts.submitted + counts.withdrawn;
  return (
    <li className="wrap">
      <Icon of={KINDS.find((one) => one.kind === kind)?.icon ?? IconUsers} />
      <div className="grow">
        <Link
          className="title"
          to="/c/$cohortId/calls/$callId"
          params={{ cohortId, callId: call.id }}
          lang={title.lang}
        >
          {title.text || t('untitled')}
        </Link>
        <div className="meta">
          <span>{t(`kinds.${kind}`)}</span>
          {(phase === 'draft' || phase === 'coming') && (
            <span>{opensAt ? t('opens', { at: timeOf(opensAt, call) }) : t('noOpening')}</span>
          )}
          <span>
            {closesAt ? t(phase === 'over' ? 'closed' : 'closes', { at: timeOf(closesAt, call) }) : t('noClosing')}
          </span>
        </div>
      </div>
      <div className={classes.standing}>
        <State {...PHASES[phase]}>{t(`phases.${phase}`)}</State>
        {call.state !== 'draft' && (
          <Link
            className="t2 xs"
            to="/c/$cohortId/calls/$callId"
            params={{ cohortId, callId: call.id }}
            search={{ tab: 'applications' } as never}
          >
            {t('counts', { files, drafts: counts.drafts })}
          </Link>
        )}
      </div>
    </li>
  );
}
