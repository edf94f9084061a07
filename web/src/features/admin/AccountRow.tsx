import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../src/contracts/auth/accounts';
import { useMe } from '../../api/session';
import { Avatar } from '../../ui/people/Avatar';
import { Icon } from '../../ui/Icon';
import { Part } from '../../ui/forms/Part';
import { Tag } from '../../ui/page/State';
import { When } from '../../ui/times/When';
import { lazyPart } from '../../ui/page/lazy-part';
import type { AccountAsk } from './AccountDialog';

const AccountDialog = lazyPart(() => import('./AccountDialog'));

/** One account: who, since when unseen, in which cohorts, and what may be done with it. */
export function AccountRow({ account }: { account: Account }) {
  const { t } = useTranslation('admin');
  const me = useMe();
  const [asking, setAsking] = useState<AccountAsk | null>(null);
  const { abilities, cohorts, ended } = account;
  const asks: { ask: AccountAsk; label: string }[] = [
    ...(abilities.makeAdmin ? [{ ask: { act: 'makeAdmin' } as const, label: t('people.makeAdmin') }] : []),
    ...(abilities.takeAdmin ? [{ ask: { act: 'takeAdmin' } as const, label: t('people.takeAdmin') }] : []),
    ...cohorts.map((cohort) => ({
      ask: { act: 'exclude', cohort } as const,
      label: t('people.exclude', { cohort: cohort.name }),
    })),
    ...(abilities.reactivate ? [{ ask: { act: 'reactivate' } as const, label: t('people.reactivate') }] : []),
    ...(abilities.deactivate ? [{ ask: { act: 'deactivate' } as const, label: t('people.deactivate') }] : []),
  ];
  return (
    <li>
      <Avatar id={account.id} name={account.name} url={account.avatarUrl} size={40} />
      <div className="grow">
        <span className="title">{account.name}</span> <span className="t2">{account.email}</span>{' '}
        {account.id === me.id && <Tag>{t('people.me')}</Tag>} {account.isAdmin && <Tag>{t('people.admin')}</Tag>}{' '}
        {ended && <Tag tone="alert">{t('people.closed')}</Tag>}
        <div className="meta">
          {ended && (
            <span>
              {t('people.closedBy', { by: ended.by ?? 'null' })}, <When at={ended.at} />
              {ended.reason && ` · ${ended.reason}`}
            </span>
          )}
          <span>
            {account.lastSeenAt ? (
              <>
                {t('people.lastSeen')} <When at={account.lastSeenAt} />
              </>
            ) : (
              t('people.neverSeen')
            )}
          </span>
          {cohorts.length === 0 && <span>{t('people.noCohort')}</span>}
          {ended && cohorts.length > 0 && <span>{t('people.comesBack')}</span>}
          {cohorts.map(({ cohortId, name, role, state }) => (
            <span key={cohortId}>
              <span>
                <Link className="link" to="/c/$cohortId/people" params={{ cohortId }}>
                  {name}
                </Link>
                , {t(`common:roles.${role}`)}
                {state === 'closed' && ` (${t('common:nav.closedCohort').toLowerCase()})`}
              </span>
            </span>
          ))}
        </div>
      </div>
      {asks.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('people.acts', { name: account.name })}>
              <Icon of={IconDots} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {asks.map(({ ask, label }) => (
              <Menu.Item key={label} onClick={() => setAsking(ask)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asking && (
        <Part lost="over">
          <AccountDialog account={account} ask={asking} onClose={() => setAsking(null)} />
        </Part>
      )}
    </li>
  );
}
