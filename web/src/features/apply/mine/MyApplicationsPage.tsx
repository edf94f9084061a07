import { useTranslation } from 'react-i18next';
import type { MyApplication } from '../../../../../src/contracts/calls/my-applications';
import { useMe } from '../../../api/session';
import { useLocale, useZone } from '../../../time/clock';
import { capital } from '../../../time/format';
import { ButtonLink } from '../../../ui/ButtonLink';
import { Empty } from '../../../ui/page/Empty';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { momentIn, said } from '../call/timing';
import { Stamp } from '../file/Stamp';
import { useMyApplications } from './queries';
import { stampOf } from './stamp-of';

/** What I applied to, by the address of my account: how each file stands, and the way into it without looking for its letter. */
export default function MyApplicationsPage() {
  const { t } = useTranslation('apply');
  const me = useMe();
  const query = useMyApplications();
  return (
    <div className="page">
      <PageHeader title={t('mine.title')} lead={t('mine.lead', { email: me.email })} />
      <QueryBoundary query={query} ns="apply">
        {({ items }) => (items.length > 0 ? <Listed items={items} /> : <None isConfirmed={me.emailConfirmed} />)}
      </QueryBoundary>
    </div>
  );
}

function None({ isConfirmed }: { isConfirmed: boolean }) {
  const { t } = useTranslation('apply');
  if (!isConfirmed) return <Empty title={t('mine.unconfirmed')}>{t('mine.unconfirmedBody')}</Empty>;
  return (
    <Empty
      title={t('mine.none')}
      act={
        <ButtonLink to="/calls" variant="filled">
          {t('mine.calls')}
        </ButtonLink>
      }
    >
      {t('mine.noneBody')}
    </Empty>
  );
}

function Listed({ items }: { items: MyApplication[] }) {
  const { t } = useTranslation('apply');
  return (
    <>
      <ul className="list mt16">
        {items.map((file) => (
          <Row key={file.id} file={file} />
        ))}
      </ul>
      <p className="mt24">
        <ButtonLink to="/calls">{t('mine.calls')}</ButtonLink>
      </p>
    </>
  );
}

function Row({ file }: { file: MyApplication }) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const { call, number, submittedAt, asked } = file;
  const title = said(call.title, locale);
  const moment = (at: string) => momentIn(at, zone, locale);
  return (
    <li className="wrap">
      <div className="grow">
        <p className="t2 xs">{t(`kind.${call.kind}`, { cohort: call.cohortName })}</p>
        <h2 className="title md">{title}</h2>
        <p className="row wrap g8 mt4">
          <Stamp state={stampOf(file)} />
          {number !== null && <span className="t2 sm">{t('mine.number', { number })}</span>}
        </p>
        <p className="t2 sm mt4">
          {submittedAt !== null && capital(t('mine.handedIn', { at: moment(submittedAt) }))}
          {submittedAt === null && call.isOpen && t('mine.closes', { at: moment(call.closesAt) })}
          {asked && <span className="med"> {t('mine.asked')}</span>}
        </p>
      </div>
      <ButtonLink
        to="/applications/$applicationId"
        params={{ applicationId: file.id }}
        aria-label={t('mine.openOf', { title })}
      >
        {t('mine.open')}
      </ButtonLink>
    </li>
  );
}
