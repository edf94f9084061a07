import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, AccountCohort } from '../../../../src/contracts/auth/accounts';
import { api } from '../../api/http';
import { useMe } from '../../api/session';
import { useLocale } from '../../time/clock';
import { listOf } from '../../i18n/list-of';
import { ConfirmDialog } from '../../ui/confirm';
import { Notice } from '../../ui/page/State';
import { toast } from '../../ui/toast';
import { accountsKey, cohortsKey } from './key';

/** What is asked before it is done with an account. */
export type AccountAsk =
  | { act: 'deactivate' | 'reactivate' | 'makeAdmin' | 'takeAdmin' }
  | { act: 'exclude'; cohort: AccountCohort };

interface AccountDialogProps {
  account: Account;
  ask: AccountAsk;
  onClose: () => void;
}

/** Asks before an act on an account, by naming the person and what follows; opening one again harms nobody and is done at once with a word. */
export default function AccountDialog({ account, ask, onClose }: AccountDialogProps) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const locale = useLocale();
  const me = useMe();
  const [reason, setReason] = useState('');
  const path = `/admin/people/${account.id}`;
  const cohort = ask.act === 'exclude' ? ask.cohort.name : '';
  const said = { name: account.name, cohort };
  const alone = account.cohorts.filter(({ isOnlyStaff }) => isOnlyStaff).map(({ name }) => name);
  const acts = {
    deactivate: () => api.post(`${path}/deactivate`, reason.trim() ? { reason: reason.trim() } : {}),
    reactivate: () => api.post(`${path}/reactivate`),
    makeAdmin: () => api.put(`${path}/admin`),
    takeAdmin: () => api.delete(`${path}/admin`),
    exclude: () => api.delete(`/cohorts/${ask.act === 'exclude' ? ask.cohort.cohortId : ''}/members/${account.id}`),
  };
  const words = {
    deactivate: ['people.deactivateTitle', 'people.deactivate', 'people.deactivated'],
    reactivate: ['people.reactivateTitle', 'people.reactivate', 'people.reactivated'],
    makeAdmin: ['people.makeAdminTitle', 'people.makeAdmin', 'people.madeAdmin'],
    takeAdmin: ['people.takeAdminTitle', 'people.takeAdmin', 'people.adminTaken'],
    exclude: ['people.excludeTitle', 'people.exclude', 'people.excluded'],
  } as const;
  const [title, act, done] = words[ask.act];
  const confirm = async () => {
    await acts[ask.act]();
    toast(t(done, said));
    if (ask.act === 'takeAdmin' && account.id === me.id) return;
    await Promise.all([
      client.invalidateQueries({ queryKey: accountsKey }),
      client.invalidateQueries({ queryKey: cohortsKey }),
    ]);
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(title, said)}
      act={t(act, said)}
      danger={ask.act !== 'reactivate' && ask.act !== 'makeAdmin'}
      ns="admin"
      onConfirm={confirm}
    >
      {ask.act === 'deactivate' && (
        <>
          <p>{t('people.deactivateBody')}</p>
          {alone.length > 0 && (
            <div className="mt12">
              <Notice>{t('people.onlyStaff', { cohorts: listOf(alone, locale) })}</Notice>
            </div>
          )}
          <TextInput
            mt={12}
            label={t('people.reason')}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
      {ask.act === 'reactivate' && <p>{t('people.reactivateBody', said)}</p>}
      {ask.act === 'makeAdmin' && <p>{t('people.makeAdminBody')}</p>}
      {ask.act === 'takeAdmin' && <p>{t('people.takeAdminBody')}</p>}
      {ask.act === 'exclude' && <p>{t('people.excludeBody')}</p>}
    </ConfirmDialog>
  );
}
