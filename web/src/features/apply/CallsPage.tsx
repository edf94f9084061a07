import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PublicCalls } from '../../../../src/contracts/calls/calls';
import { api } from '../../api/http';
import { useLocale, useZone } from '../../time/clock';
import { capital } from '../../time/format';
import { Group } from '../../ui/page/Group';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { State } from '../../ui/page/State';
import { CallFrame } from './CallFrame';
import { momentIn, said, spanTo } from './call/timing';
import { useTick } from './call/useTick';
import classes from './apply.module.css';

type Item = PublicCalls['items'][number];

/** The calls that are open, and those that will be, for everybody. */
export default function CallsPage() {
  const { t } = useTranslation('apply');
  const query = useQuery({
    queryKey: ['public-calls'],
    queryFn: ({ signal }) => api.get<PublicCalls>('/calls', { signal }),
    // Nobody tells this page what opens and what closes.
    refetchInterval: 60_000,
  });
  return (
    <CallFrame>
      <div className="page">
        <PageHeader title={t('calls.title')} lead={t('calls.lead')} />
        <QueryBoundary query={query} ns="apply">
          {({ items }) => <Listed items={items} />}
        </QueryBoundary>
      </div>
    </CallFrame>
  );
}

function Listed({ items }: { items: Item[] }) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  const [open, soon] = [items.filter(({ isOpen }) => isOpen), items.filter(({ isOpen }) => !isOpen)];
  if (items.length === 0)
    return (
      <div className="measure mt32">
        <p className="md bold">{t('calls.none')}</p>
        <p className="t2 md mt4">{t('calls.noneBody')}</p>
      </div>
    );
  return (
    <>
      {open.length > 0 && <Rows title={t('calls.open')} items={open} />}
      {soon.length > 0 && <Rows title={t('calls.soon')} items={soon} />}
      <p className="mt32">
        <a className="link" href={`/api/calls/feed.atom?locale=${locale}`}>
          {t('calls.feed')}
        </a>
      </p>
    </>
  );
}

function Rows({ title, items }: { title: string; items: Item[] }) {
  return (
    <Group title={title} count={items.length} className="mt32">
      <ul className="list">
        {items.map((call) => (
          <Row key={call.slug} call={call} />
        ))}
      </ul>
    </Group>
  );
}

function Row({ call }: { call: Item }) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const { slug, title, lead, kind, cohort, isOpen, opensAt, closesAt } = call;
  const at = isOpen ? closesAt : opensAt;
  const span = spanTo(at, useTick(at), locale);
  return (
    <li className="wrap">
      <div className="grow">
        <p className="t2 xs">{t(`kind.${kind}`, { cohort: cohort.name })}</p>
        <Link className={`title md ${classes.callTitle}`} to="/calls/$slug" params={{ slug }}>
          {said(title, locale)}
        </Link>
        <p className="t2 measure mt4">{said(lead, locale)}</p>
      </div>
      <div className={classes.when}>
        <State tone={isOpen ? 'ok' : undefined} icon={IconClock}>
          {t(isOpen ? 'when.closesIn' : 'when.opensIn', { span })}
        </State>
        <time className="t2 xs" dateTime={at}>
          {capital(momentIn(at, zone, locale))}
        </time>
      </div>
    </li>
  );
}
