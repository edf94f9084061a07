import { Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCohort } from '../../api/session';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { NotFoundPage } from '../../ui/page/NotFound';
import { PageHeader } from '../../ui/page/PageHeader';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { ImportFile } from './ImportFile';

const InviteOne = lazyPart(async () => ({ default: (await import('./InviteOne')).InviteOne }));
const SentInvitations = lazyPart(async () => ({ default: (await import('./SentInvitations')).SentInvitations }));

const TABS = ['file', 'one', 'sent'] as const;
type Tab = (typeof TABS)[number];

/** Inviting: many people from a file, one by one, and what became of the invitations. */
export default function ImportPage() {
  const { t } = useTranslation('people');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/people/import' });
  const search: { tab?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const cohort = useCohort();
  const tab = TABS.find((one) => one === search.tab) ?? 'file';
  if (cohort && !cohort.abilities.invite) return <NotFoundPage />;

  const open = (next: Tab) => void navigate({ to: '.', search: { tab: next } as never });
  return (
    <div className="page">
      <PageHeader
        title={t('import.title')}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/people', params: { cohortId } } },
          { label: t('invite') },
        ]}
        lead={cohort ? t('import.lead', { cohort: cohort.name }) : '\u00a0'}
      />
      <Tabs value={tab} onChange={(next) => open((next ?? 'file') as Tab)} mt={16} keepMounted={false}>
        <Tabs.List aria-label={t('import.title')}>
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`import.tabs.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="file">
          <ImportFile cohortId={cohortId} onDone={() => open('sent')} />
        </Tabs.Panel>
        <Tabs.Panel value="one">
          <Part fallback={<RowSkeleton />}>
            <InviteOne cohortId={cohortId} />
          </Part>
        </Tabs.Panel>
        <Tabs.Panel value="sent">
          <Part fallback={<RowSkeleton />}>
            <SentInvitations cohortId={cohortId} />
          </Part>
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
