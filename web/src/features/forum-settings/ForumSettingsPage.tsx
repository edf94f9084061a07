import { Tabs } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { oneOf } from '../../shell/address';
import { Part } from '../../ui/forms/Part';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { TagWords } from '../finding/lazy';
import { useTopicCounts } from '../forum/forum';
import { lazyPart } from '../../ui/page/lazy-part';
import { useRules, useTemplates } from './queries';
import { RulesForm } from './RulesForm';

const TemplatesForm = lazyPart(() => import('./TemplatesForm'));

const PARTS = ['rules', 'templates', 'words'] as const;

/** All that staff set for the forum of their cohort, in one place. */
export default function ForumSettingsPage() {
  const { t } = useTranslation('forum-settings');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/forum/settings' });
  const asked: { part?: unknown } = useSearch({ strict: false });
  const part = oneOf(PARTS, asked.part) ?? 'rules';
  const navigate = useNavigate();
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        crumbs={[
          { label: t('common:nav.forum'), link: { to: '/c/$cohortId/forum', params: { cohortId } } },
          { label: t('title') },
        ]}
      />
      <p className="t2 mt8">
        <Link className="link" to="/c/$cohortId/settings/forum" params={{ cohortId }}>
          {t('asFiles')}
        </Link>
      </p>
      <Tabs
        mt="md"
        value={part}
        keepMounted={false}
        onChange={(next) => void navigate({ to: '.', search: { part: next } as never, replace: true })}
      >
        <Tabs.List aria-label={t('title')}>
          {PARTS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`parts.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="rules">
          <Rules key={cohortId} cohortId={cohortId} />
        </Tabs.Panel>
        <Tabs.Panel value="templates">
          <Templates key={cohortId} cohortId={cohortId} />
        </Tabs.Panel>
        <Tabs.Panel value="words">
          <Words key={cohortId} cohortId={cohortId} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Rules({ cohortId }: { cohortId: string }) {
  return (
    <QueryBoundary query={useRules(cohortId)} ns="forum-settings">
      {(rules) => <RulesForm cohortId={cohortId} first={rules} />}
    </QueryBoundary>
  );
}

function Templates({ cohortId }: { cohortId: string }) {
  const tags = useTopicCounts(cohortId).data?.tags.map(({ tag }) => tag) ?? [];
  return (
    <QueryBoundary query={useTemplates(cohortId)} ns="forum-settings">
      {(templates) => (
        <Part>
          <TemplatesForm cohortId={cohortId} first={templates} tags={tags} />
        </Part>
      )}
    </QueryBoundary>
  );
}

function Words({ cohortId }: { cohortId: string }) {
  return (
    <QueryBoundary query={useTopicCounts(cohortId)}>
      {({ tags }) => (
        <Part>
          <TagWords cohortId={cohortId} tags={tags.map(({ tag }) => tag)} />
        </Part>
      )}
    </QueryBoundary>
  );
}
