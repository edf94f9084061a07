import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AccountAct } from '../../../../src/contracts/auth/accounts';
import { api } from '../../api/http';
import type { Page } from '../../api/types';
import { LogDialog } from '../../ui/page/LogDialog';
import { When } from '../../ui/times/When';
import { accountsKey } from './key';

/** What was done with accounts lately, and by whom. */
export default function AccountActs({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const query = useQuery({
    queryKey: [...accountsKey, 'acts'],
    queryFn: ({ signal }) => api.get<Page<AccountAct>>('/admin/people/acts', { query: { limit: 100 }, signal }),
    staleTime: 0,
  });
  return (
    <LogDialog
      title={t('people.log')}
      empty={t('people.logEmpty')}
      heads={[t('people.logAt'), t('people.logBy'), t('people.logWhat')]}
      query={query}
      cells={({ at, by, person, act, reason, cohortName }) => [
        <When key="at" at={at} />,
        by?.name ?? t('people.onServer'),
        t(`people.did.${act}`, { name: person?.name ?? '', reason: reason ?? 'null', cohort: cohortName ?? '' }),
      ]}
      ns="admin"
      onClose={onClose}
    />
  );
}
