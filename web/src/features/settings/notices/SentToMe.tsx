import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SentToMe as Sent } from '../../../../../src/contracts/reminders/my-reminders';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { Group } from '../../../ui/page/Group';

/** How much reached me within a week, and where what is coming stands: so that nobody wonders whether it is too much. */
export function SentToMe() {
  const { t } = useTranslation('settings');
  const { data } = useQuery({ queryKey: [...keys.inbox, 'sent'], queryFn: () => api.get<Sent>('/me/sent') });
  const sum = (way: 'inbox' | 'mail') => data?.groups.reduce((all, one) => all + one[way], 0) ?? 0;
  const [first, ...rest] = [...(data?.groups ?? [])].sort((a, b) => b.inbox + b.mail - (a.inbox + a.mail));
  return (
    <Group title={t('sent.title')} className="mt40">
      {data && <p className="mt8">{t('sent.sum', { inbox: sum('inbox'), letters: sum('mail') + data.digests })}</p>}
      {first && rest.length > 0 && (
        <p className="t2">
          {t('sent.most', {
            what: t(`sent.groups.${first.group ?? 'always'}`),
            count: Math.max(first.inbox, first.mail),
          })}
        </p>
      )}
      <p className="mt8">
        <Link className="link" to="/inbox" search={{ show: 'coming' } as never}>
          {t('sent.coming')}
        </Link>
      </p>
    </Group>
  );
}
