import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RequestSummary } from '../../../../src/contracts/mentoring/requests';
import { useMe } from '../../api/session';
import { Avatar } from '../../ui/people/Avatar';
import { RequestState } from './RequestState';
import { useNameOf } from './names';
import classes from './requests.module.css';

/** One request in a list: who asks whom for what, and how long it has waited. */
export function RequestRow({ request }: { request: RequestSummary }) {
  const { t } = useTranslation('requests');
  const me = useMe();
  const nameOf = useNameOf();
  const { id, cohortId, asker, owner, craft, need, state, abilities } = request;
  const [first = '', second] = need.split('\n');
  const whom = owner ? nameOf(owner) : t('craftAsked', { craft: t(`common:crafts.${craft ?? 'other'}`) });
  return (
    <li className="wrap">
      <Avatar id={asker.id} name={asker.name} url={asker.avatarUrl} size={32} withPresence />
      <div className="grow">
        <Link className="title" to="/c/$cohortId/coaching/requests/$requestId" params={{ cohortId, requestId: id }}>
          {first}
        </Link>
        {second && <p className="t2 cut">{second}</p>}
        <div className="meta">
          <span>{asker.id === me.id ? t('iAsk', { whom }) : t('asks', { name: nameOf(asker), whom })}</span>
          {state === 'asked_back' && <span>{t(abilities.tellMore ? 'waitsForMe' : 'waitsForAsker')}</span>}
        </div>
      </div>
      <div className={classes.state}>
        <RequestState request={request} />
      </div>
    </li>
  );
}
