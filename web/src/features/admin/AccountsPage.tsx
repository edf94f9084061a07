import { Button, SegmentedControl } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../src/contracts/auth/accounts';
import { api } from '../../api/http';
import { useMe } from '../../api/session';
import type { Page } from '../../api/types';
import { oneOf } from '../../shell/address';
import { Empty } from '../../ui/page/Empty';
import { Found, WordsField, useTypedWords } from '../../ui/page/Found';
import { Icon } from '../../ui/Icon';
import { NotFoundPage } from '../../ui/page/NotFound';
import { PageHeader } from '../../ui/page/PageHeader';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { AccountRow } from './AccountRow';
import classes from './admin.module.css';
import { accountsKey } from './key';

const AccountActs = lazyPart(() => import('./AccountActs'));

const ONLY = ['admins', 'ended'] as const;
type Filters = { q?: string | undefined; only?: (typeof ONLY)[number] | undefined };

/** Everybody with an account, for the admins: who they are, where they belong, and whether they may sign in. What is asked stands in the address. */
export default function AccountsPage() {
  const { t } = useTranslation('admin');
  const me = useMe();
  const asked: { q?: string; only?: string } = useSearch({ strict: false });
  const filters: Filters = { q: asked.q, only: oneOf(ONLY, asked.only) };
  const navigate = useNavigate();
  const [reading, setReading] = useState(false);
  const set = (change: Filters) =>
    void navigate({ to: '.', search: { ...filters, ...change } as never, replace: true });
  const { typed, setTyped, q } = useTypedWords(filters.q ?? '', (words) => set({ q: words }));

  const query = useInfiniteQuery({
    queryKey: [...accountsKey, q, filters.only],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Account>>('/admin/people', { query: { q, only: filters.only, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    enabled: me.isAdmin,
  });
  if (!me.isAdmin) return <NotFoundPage />;
  const accounts = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <PageHeader
        title={t('people.title')}
        lead={t('people.lead')}
        crumbs={[{ label: t('title'), link: { to: '/admin' } }, { label: t('people.title') }]}
      >
        <Button leftSection={<Icon of={IconHistory} />} onClick={() => setReading(true)}>
          {t('people.log')}
        </Button>
      </PageHeader>
      {reading && (
        <Part lost="over">
          <AccountActs onClose={() => setReading(false)} />
        </Part>
      )}
      <div className="row wrap mt16" role="search">
        <WordsField
          className={classes.search}
          label={t('people.search')}
          hint={t('people.searchHint')}
          typed={typed}
          onType={setTyped}
        />
        <SegmentedControl
          aria-label={t('people.show')}
          value={filters.only ?? 'all'}
          onChange={(only) => set({ only: oneOf(ONLY, only) })}
          data={(['all', ...ONLY] as const).map((one) => ({ value: one, label: t(`people.only.${one}`) }))}
        />
      </div>
      <Found query={query}>
        {() =>
          accounts.length === 0 ? (
            <Empty title={t('people.nobody')}>{t('people.nobodyHint')}</Empty>
          ) : (
            <ul className="list mt16" aria-label={t('people.title')}>
              {accounts.map((account) => (
                <AccountRow key={account.id} account={account} />
              ))}
            </ul>
          )
        }
      </Found>
    </div>
  );
}
