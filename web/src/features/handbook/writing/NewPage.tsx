import { Button, Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handbook, HandbookPage, PageBeginning } from '../../../../../src/contracts/handbook/handbook';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { isProblem } from '../../../api/problem';
import { useLocale } from '../../../time/clock';
import { useDraft } from '../../../ui/forms/draft';
import { useFieldText, wrongFields } from '../../../ui/forms/form';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { PageHeader } from '../../../ui/page/PageHeader';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { askForumAgain } from '../../forum/forum';
import { askHandbookAgain, pathOf, useHandbook } from '../handbook';
import classes from '../handbook.module.css';
import { LanguageSwitch } from '../LanguageSwitch';
import { placesFor } from '../places';
import type { Shown } from '../shown';
import { NOTHING, type Typed, begunOf, isSameTyped, seenOf } from './writing';

const PageFields = lazyPart(() => import('./PageFields'));

/** Writes a page. `?under=<id>` stands it below another one, `?topic=<id>` begins it with a topic of the forum. */
export default function NewPage() {
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/handbook/new' });
  const { topic }: { topic?: string } = useSearch({ strict: false });
  const handbook = useHandbook(cohortId);
  return (
    <div className="page">
      <QueryBoundary query={handbook}>
        {(data) =>
          topic === undefined ? (
            <Writing cohortId={cohortId} handbook={data} />
          ) : (
            <FromTopic cohortId={cohortId} topicId={topic} handbook={data} />
          )
        }
      </QueryBoundary>
    </div>
  );
}

function FromTopic({ cohortId, topicId, handbook }: { cohortId: string; topicId: string; handbook: Handbook }) {
  const query = useQuery({
    queryKey: keys.in(cohortId, 'handbook', 'beginning', topicId),
    queryFn: ({ signal }) =>
      api.get<PageBeginning>(`${pathOf(cohortId)}/beginnings/${encodeURIComponent(topicId)}`, { signal }),
    // What one has begun is not taken away by what is said there meanwhile.
    staleTime: Infinity,
  });
  return (
    <QueryBoundary query={query}>
      {(begun) => <Writing cohortId={cohortId} handbook={handbook} from={{ ...begun, topicId }} />}
    </QueryBoundary>
  );
}

interface WritingProps {
  cohortId: string;
  handbook: Handbook;
  from?: PageBeginning & { topicId: string };
}

function Writing({ cohortId, handbook, from }: WritingProps) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { under }: { under?: string } = useSearch({ strict: false });
  const empty: Typed = from ? { ...NOTHING, [locale]: { title: from.title, body: from.body } } : NOTHING;
  const draft = useDraft(`handbook:new:${from?.topicId ?? cohortId}`, cohortId);
  const [typed, setTyped] = useState(() => begunOf(draft.text)?.typed ?? empty);
  const [parentId, setParentId] = useState(under ?? null);
  const [shown, setShown] = useState<Shown>(locale);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const fieldText = useFieldText('handbook');
  const wrong = isProblem(problem) ? wrongFields(problem.errors, fieldText) : {};

  const type = (now: Typed) => {
    setTyped(now);
    draft.set(isSameTyped(now, empty) ? '' : JSON.stringify({ typed: now, seen: empty }));
  };
  const write = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const { en, fr } = seenOf(typed);
    const page = { parentId, ...(en && { en }), ...(fr && { fr }), ...(from && { fromTopic: from.topicId }) };
    try {
      const written = await api.post<HandbookPage>(pathOf(cohortId), { ...page, clientId: draft.clientIdOf(page) });
      draft.clear();
      askHandbookAgain(client, { cohortId });
      if (from) askForumAgain(client, { cohortId });
      await navigate({
        ...{ to: '/c/$cohortId/handbook/$pageId', params: { cohortId, pageId: written.id }, replace: true },
      });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <>
      <PageHeader
        title={t('new.title')}
        lead={t(from ? 'new.fromTopic' : 'new.lead')}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/handbook', params: { cohortId } } },
          { label: t('new.title') },
        ]}
      />
      <form className="stackv g16 mt16" onSubmit={(event) => void write(event)} noValidate>
        <Select
          maw={480}
          label={t('place.under')}
          data={[{ value: '', label: t('place.top') }, ...placesFor(handbook.items, locale)]}
          allowDeselect={false}
          searchable
          value={parentId ?? ''}
          error={wrong.parentId}
          onChange={(value) => setParentId(value === '' ? null : value)}
        />
        <div>
          <LanguageSwitch value={shown} onChange={setShown} />
        </div>
        <Part fallback={<div className={classes.space} />}>
          <PageFields typed={typed} onChange={type} shown={shown} wrong={wrong} />
        </Part>
        {problem !== null && <ProblemAlert error={problem} ns="handbook" />}
        <div className="row">
          <Button type="submit" variant="filled" loading={busy}>
            {t('new.save')}
          </Button>
        </div>
      </form>
    </>
  );
}
