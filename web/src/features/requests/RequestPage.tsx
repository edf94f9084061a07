import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HelpRequest } from '../../../../src/contracts/mentoring/requests';
import { useMe } from '../../api/session';
import { useLocale, useZone } from '../../time/clock';
import { formatDate, formatAbsolute } from '../../time/format';
import { Avatar } from '../../ui/people/Avatar';
import { Group } from '../../ui/page/Group';
import { PageHeader } from '../../ui/page/PageHeader';
import { PersonName } from '../../ui/people/PersonName';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { When } from '../../ui/times/When';
import { useNameOf } from './names';
import { Others } from './Others';
import { useLiveRequests, useRequest } from './queries';
import { RequestActs } from './RequestActs';
import { RequestState } from './RequestState';
import classes from './requests.module.css';
import { WhatNow } from './WhatNow';

/** One request: what is looked for, where it stands and since when, what one may do, and all that was done. */
export default function RequestPage() {
  const { cohortId, requestId } = useParams({ from: '/shell/c/$cohortId/coaching/requests/$requestId' });
  useLiveRequests(cohortId);
  return (
    <div className="page">
      <QueryBoundary query={useRequest(cohortId, requestId)}>
        {(request) => <Request key={request.id} request={request} />}
      </QueryBoundary>
    </div>
  );
}

function Request({ request }: { request: HelpRequest }) {
  const { t } = useTranslation('requests');
  const { cohortId, need, text, abilities } = request;
  const [title = '', second] = need.split('\n');
  return (
    <>
      <PageHeader
        title={title}
        lead={second}
        crumbs={[
          { label: t('coaching'), link: { to: '/c/$cohortId/coaching', params: { cohortId } } },
          { label: t('title'), link: { to: '/c/$cohortId/coaching/requests', params: { cohortId } } },
          { label: t('crumb') },
        ]}
      />
      <div className="two wide">
        <div>
          <WhatNow request={request} />
          {text && (
            <Group title={t('details')}>
              <p className={`${classes.words} mt12`}>{text}</p>
            </Group>
          )}
          <RequestActs request={request} />
          <Trail request={request} />
        </div>
        <aside className="side">
          <Facts request={request} />
          {abilities.seeOthers && <Others request={request} />}
        </aside>
      </div>
    </>
  );
}

function Facts({ request }: { request: HelpRequest }) {
  const { t } = useTranslation('requests');
  const locale = useLocale();
  const zone = useZone();
  const { cohortId, asker, owner, craft, wishedOn, expectedBy } = request;
  return (
    <Group title={t('facts.title')} className="">
      <ul className="list tight">
        <li>
          <div className="grow">
            <span className="t2 xs">{t('facts.state')}</span>
            <div>
              <RequestState request={request} />
            </div>
          </div>
        </li>
        <li>
          <Avatar id={asker.id} name={asker.name} url={asker.avatarUrl} size={32} withPresence />
          <div className="grow">
            <span className="t2 xs">{t('facts.asker')}</span>
            <div>
              <PersonName person={asker} cohortId={cohortId} you className="bold" />
            </div>
          </div>
        </li>
        <li>
          {owner && <Avatar id={owner.id} name={owner.name} url={owner.avatarUrl} size={32} withPresence />}
          <div className="grow">
            <span className="t2 xs">{t('facts.owner')}</span>
            <div>
              {owner ? (
                <PersonName person={owner} cohortId={cohortId} you className="bold" />
              ) : (
                <b>{t('facts.staff')}</b>
              )}
            </div>
            {craft && <div className="t2">{t('craftAsked', { craft: t(`common:crafts.${craft}`) })}</div>}
          </div>
        </li>
        {wishedOn && (
          <li>
            <div className="grow">
              <span className="t2 xs">{t('facts.wishedOn')}</span>
              <div>{formatDate(wishedOn, locale)}</div>
            </div>
          </li>
        )}
        {expectedBy && (
          <li>
            <div className="grow">
              <span className="t2 xs">{t('facts.expectedBy')}</span>
              <div>{formatAbsolute(expectedBy, zone, locale)}</div>
            </div>
          </li>
        )}
      </ul>
    </Group>
  );
}

/** All that was done, oldest first. */
function Trail({ request }: { request: HelpRequest }) {
  const { t } = useTranslation('requests');
  const me = useMe();
  const nameOf = useNameOf();
  return (
    <Group title={t('trail.title')}>
      <ol className={classes.trail}>
        {request.trail.map(({ at, by, act, text, to }) => (
          <li key={`${at} ${act}`}>
            <Avatar id={by.id} name={by.name} url={by.avatarUrl} size={24} />
            <div className="grow">
              <div className="row between wrap">
                <span>
                  {t(`trail.${act}`, {
                    mine: String(by.id === me.id),
                    name: nameOf(by),
                    to: to ? nameOf(to) : 'none',
                    craft: request.craft ? t(`common:crafts.${request.craft}`) : 'none',
                  })}
                </span>
                <When at={at} className="t3 xs" />
              </div>
              {text && <p className={classes.quote}>{text}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Group>
  );
}
