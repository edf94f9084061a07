import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletedPages } from '../../../../src/contracts/handbook/handbook';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useApplyEvents } from '../../api/socket';
import { useLocale } from '../../time/clock';
import { Empty } from '../../ui/page/Empty';
import { PageHeader } from '../../ui/page/PageHeader';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { PersonName } from '../../ui/people/PersonName';
import { When } from '../../ui/times/When';
import { toastProblem } from '../../ui/toast';
import { askHandbookAgain, handbookEvents, pathOf } from './handbook';
import { titleIn } from './shown';
import { aboveIn, peopleIn, toPage, useWhere } from './where';

/** Deleted pages while they can be restored, for staff. */
export default function DeletedPagesPage() {
  const { t } = useTranslation('handbook');
  const { cohortId } = useWhere();
  useApplyEvents(handbookEvents);
  const query = useQuery({
    queryKey: keys.in(cohortId, 'handbook', 'deleted'),
    queryFn: ({ signal }) => api.get<DeletedPages>(`${pathOf(cohortId)}/deleted`, { signal }),
  });
  return (
    <div className="page">
      <PageHeader
        title={t('deleted.title')}
        lead={t('deleted.lead')}
        crumbs={[...aboveIn(cohortId, t), { label: t('deleted.title') }]}
      />
      <QueryBoundary query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('deleted.empty')}>{t('deleted.emptyBody')}</Empty>
          ) : (
            <ul className="list">
              {items.map((page) => (
                <DeletedRow key={page.id} page={page} cohortId={cohortId} />
              ))}
            </ul>
          )
        }
      </QueryBoundary>
    </div>
  );
}

function DeletedRow({ page, cohortId }: { page: DeletedPages['items'][number]; cohortId: string }) {
  const { t } = useTranslation('handbook');
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText('handbook');
  const [busy, setBusy] = useState(false);
  const { text: title, lang } = titleIn(page, useLocale());
  const restore = async () => {
    setBusy(true);
    try {
      await api.post(`${pathOf(cohortId, page.id)}/restore`);
      await navigate(toPage(cohortId, page.id));
    } catch (error) {
      toastProblem(text(error));
      setBusy(false);
    }
    askHandbookAgain(client, { cohortId });
  };
  return (
    <li>
      <div className="grow">
        <p className="title" lang={lang}>
          {title}
        </p>
        <p className="meta">
          <PersonName person={page.by} {...peopleIn(cohortId)} you />
          <span>
            {t('deleted.deleted')} <When at={page.deletedAt} />
          </span>
          <span>
            {t('deleted.keptUntil')} <When at={page.keptUntil} />
          </span>
        </p>
      </div>
      <Button loading={busy} aria-label={t('deleted.restoreOne', { title })} onClick={() => void restore()}>
        {t('deleted.restore')}
      </Button>
    </li>
  );
}
