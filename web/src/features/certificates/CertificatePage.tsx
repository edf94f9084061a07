import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CertificateCheck } from '../../../../src/contracts/workshops/certificates';
import { api } from '../../api/http';
import { useLocale } from '../../time/clock';
import { dayOf, formatFullDate, formatMinutes, formatRange, zoneWords } from '../../time/format';
import { Panel } from '../../ui/page/Panel';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Notice, State } from '../../ui/page/State';
import { usePageTitle } from '../../ui/page/title';
import { NothingPublic, PublicFrame } from '../guests/PublicFrame';
import classes from './certificates.module.css';

const MINUTE = 60_000;

type Says = NonNullable<CertificateCheck['says']>;

/** Whether a certificate of attendance is ours, for whoever was shown one: without a login. */
export default function CertificatePage() {
  const { t } = useTranslation('certificates');
  const { code } = useParams({ from: '/certificates/$code' });
  const query = useQuery({
    queryKey: ['certificate', code],
    queryFn: ({ signal }) => api.get<CertificateCheck>(`/public/certificates/${encodeURIComponent(code)}`, { signal }),
  });
  return (
    <PublicFrame>
      <QueryBoundary
        query={query}
        ns="certificates"
        missing={<NothingPublic title={t('unknown.title')} body={t('unknown.body')} />}
      >
        {(check) => <Checked check={check} />}
      </QueryBoundary>
    </PublicFrame>
  );
}

function Checked({ check: { code, says } }: { check: CertificateCheck }) {
  const { t } = useTranslation('certificates');
  usePageTitle(t('title'));
  return (
    <div className={classes.body}>
      <h1>{t('title')}</h1>
      <p className="t2 mt8">{t('code', { code })}</p>
      {says ? (
        <Panel className="mt24">
          <State tone="ok">{t('holds')}</State>
          <Facts says={says} />
        </Panel>
      ) : (
        <div className="mt24">
          <Notice tone="alert">{t('withdrawn')}</Notice>
        </div>
      )}
      {says && <p className="t2 xs mt16">{t('name')}</p>}
    </div>
  );
}

function Facts({ says }: { says: Says }) {
  const { t } = useTranslation('certificates');
  const locale = useLocale();
  const { name, title, kind, startsAt, endsAt, timeZone, cohort, madeAt } = says;
  const dateOf = (instant: string) => formatFullDate(dayOf(instant, timeZone).toString(), locale);
  const minutes = Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE);
  const facts: [string, string][] = [
    [t('fact.name'), name],
    [t(`fact.${kind}`), title],
    [
      t('fact.when'),
      `${dateOf(startsAt)}, ${formatRange(startsAt, endsAt, timeZone, locale)} (${zoneWords(timeZone)})`,
    ],
    [t('fact.duration'), formatMinutes(minutes)],
    [t('fact.cohort'), cohort],
    [t('fact.madeAt'), dateOf(madeAt)],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
