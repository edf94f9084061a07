import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../src/contracts/calls/calls';
import { bringWords } from '../../i18n/i18n';
import { oneOf } from '../../shell/address';
import { useLocale, useNow } from '../../time/clock';
import { Part } from '../../ui/forms/Part';
import { focusWhenThere } from '../../ui/page/focus';
import { lazyPart } from '../../ui/page/lazy-part';
import { PageHeader } from '../../ui/page/PageHeader';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { askedOf } from '../call-forms/sections';
import { CallActs } from './edit/CallActs';
import { isLacking, type Lack, lackOf, type Tab, TABS } from './edit/lacks';
import { LackList } from './edit/LackList';
import { Meanwhile } from './edit/Meanwhile';
import { Saved } from './edit/Saved';
import { useCallDraft } from './edit/useCallDraft';
import { lacksOfWords } from '../../../../src/contracts/calls/whole';
import { phaseOf, said, useCallTime } from './words';

const TextTab = lazyPart(() => import('./edit/TextTab'));
const CriteriaTab = lazyPart(() => import('./edit/CriteriaTab'));
const FormTab = lazyPart(() => import('./form/FormTab'));
/** With words of their own. */
const ofSelection =
  <T,>(load: () => Promise<T>) =>
  async () =>
    (await Promise.all([load(), bringWords('selection'), bringWords('reviews')]))[0];
const ReviewsTab = lazyPart(ofSelection(() => import('../selection/ReviewsTab')));
const ResultsTab = lazyPart(ofSelection(() => import('../selection/results/ResultsTab')));
const InterviewsTab = lazyPart(async () => {
  const [tab] = await Promise.all([import('../interviews/InterviewsTab'), bringWords('interviews')]);
  return tab;
});
const FiguresTab = lazyPart(() => import('./figures/FiguresTab'));
const ApplicationsTab = lazyPart(() => import('./files/ApplicationsTab'));

/** The tabs of what was handed in: a draft has nothing of that. */
const OF_FILES: readonly Tab[] = ['applications', 'reviews', 'results', 'interviews', 'figures'];

/** What is written of one call and what was handed in, by its tabs. What one writes is saved by itself. */
export default function CallEditor({ cohortId, call }: { cohortId: string; call: Call }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const navigate = useNavigate();
  const asked: { tab?: unknown } = useSearch({ strict: false });
  const isPublic = call.state !== 'draft';
  const tab = oneOf(TABS, asked.tab) ?? 'text';
  const writing = useCallDraft(cohortId, call);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [lacks, setLacks] = useState<Lack[]>([]);
  const { draft } = writing;
  const refused = lacks.filter((lack) => isLacking(lack, draft));
  // What everybody can read waits here until it is whole again.
  const waiting = lacksOfWords(draft)
    .map((one) => lackOf(one, draft))
    .filter(({ part }) => isPublic && writing.waiting.some((one) => one === part));
  const shownLacks = [...refused, ...waiting];
  const title = said(draft.title, locale);

  const show = (to: Tab) => void navigate({ to: '.', search: { tab: to } as never, replace: true });
  /** To the very input in which something is to be written. */
  const goTo = (to: Pick<Lack, 'tab' | 'id' | 'field'>) => {
    show(to.tab);
    if (to.field !== undefined) setOpenKey(to.field);
    focusWhenThere(document.body, `#${CSS.escape(to.id)}`);
  };
  const applications = call.counts.submitted + call.counts.withdrawn;
  const counts = { form: askedOf(draft.fields).length, criteria: draft.criteria.length, applications };
  return (
    <>
      <PageHeader
        title={title.text || t('untitled')}
        lead={<Lead call={call} />}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/calls', params: { cohortId } } },
          { label: t(`kinds.${call.kind}`) },
        ]}
      >
        <Saved writing={writing} />
        <CallActs cohortId={cohortId} call={call} writing={writing} onLacks={setLacks} />
      </PageHeader>
      {refused.length > 0 && (
        <div className="mt16">
          <LackList why="publish" lacks={refused} fields={draft.fields} onGo={goTo} />
        </div>
      )}
      <Tabs mt="md" value={tab} onChange={(to) => show(oneOf(TABS, to) ?? 'text')} keepMounted={false}>
        <Tabs.List aria-label={t('tabs.label')}>
          {TABS.filter((one) => isPublic || tab === one || !OF_FILES.includes(one)).map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tabs.${one}`)}
              {one in counts && (
                <>
                  {' '}
                  <span className="num">{counts[one as keyof typeof counts].toLocaleString(locale)}</span>
                </>
              )}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Part fallback={<RowSkeleton rows={6} />}>
            {tab === 'text' && <TextTab key="text" call={call} writing={writing} lacks={shownLacks} />}
            {tab === 'form' && (
              <FormTab key="form" call={call} writing={writing} openKey={openKey} onOpen={setOpenKey} onGo={goTo} />
            )}
            {tab === 'criteria' && <CriteriaTab key="criteria" call={call} writing={writing} lacks={shownLacks} />}
            {tab === 'applications' && <ApplicationsTab key="applications" cohortId={cohortId} call={call} />}
            {tab === 'reviews' && <ReviewsTab key="reviews" cohortId={cohortId} call={call} />}
            {tab === 'figures' && <FiguresTab key="figures" cohortId={cohortId} call={call} />}
            {tab === 'interviews' && <InterviewsTab key="interviews" cohortId={cohortId} call={call} />}
            {tab === 'results' && <ResultsTab key="results" cohortId={cohortId} call={call} />}
          </Part>
        </Tabs.Panel>
      </Tabs>
      {/* At the lower edge: it comes and goes as one types, and nothing jumps. */}
      {(waiting.length > 0 || writing.both.length > 0 || writing.problem !== null) && (
        <div className="save-bar stackv g12">
          <Meanwhile writing={writing} />
          <LackList why="save" lacks={waiting} fields={draft.fields} onGo={goTo} />
        </div>
      )}
    </>
  );
}

/** Where the call stands, and what follows from what one changes. */
function Lead({ call }: { call: Call }) {
  const { t } = useTranslation('calls');
  const timeOf = useCallTime();
  const phase = phaseOf(call, useNow());
  const { state, opensAt, closesAt, form, counts, isFormChanged } = call;
  const version = form?.version ?? 0;
  const files = counts.submitted + counts.withdrawn;
  const at = phase === 'coming' ? opensAt : closesAt;
  return (
    <p>
      {t(`standing.${phase}`, { at: at ? timeOf(at, call) : '' })}{' '}
      {state === 'published' &&
        t(isFormChanged ? 'standing.changed' : 'standing.version', {
          version,
          next: version + 1,
          drafts: counts.drafts,
          files,
          held: counts.drafts + files,
        })}
    </p>
  );
}
