import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { useSubmit } from '../../ui/form';
import { MarkdownEditor } from '../../ui/MarkdownEditor';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useDraft } from './draft';
import { askForumAgain, useTopicCounts } from './forum';
import classes from './forum.module.css';
import { SimilarTopics } from './SimilarTopics';
import { WhoCanHelp } from './WhoCanHelp';

const TagField = lazy(() => import('./TagField'));

interface Question {
  title: string;
  body: string;
  tags: string[];
  [field: string]: unknown;
}

/** Asking: the question, what one knows already, tags; beside it what was asked before, while one types. */
export default function TopicNewPage() {
  const { t } = useTranslation('forum');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/forum/new' });
  const client = useQueryClient();
  const navigate = useNavigate();
  const known = useTopicCounts(cohortId).data?.tags.map((one) => one.tag) ?? [];
  const draft = useDraft(`ask:${cohortId}`);
  const form = useForm<Question>({
    initialValues: fromDraft(draft.text),
    onValuesChange: (values) => draft.set(isEmpty(values) ? '' : JSON.stringify(values)),
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      const topic = await api.post<Topic>(`/cohorts/${cohortId}/topics`, values);
      draft.clear();
      askForumAgain(client, { cohortId });
      await navigate({ to: '/c/$cohortId/forum/$topicId', params: { cohortId, topicId: topic.id } });
    },
    'forum',
  );
  const [typed] = useDebouncedValue(form.values.title, 300);

  return (
    <div className="page">
      <PageHeader
        title={t('askTitle')}
        lead={t('askLead')}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/forum', params: { cohortId } } },
          { label: t('newQuestion') },
        ]}
      >
        {draft.text !== '' && <span className="t3 only-wide">{t('draftKept')}</span>}
      </PageHeader>
      <form onSubmit={submit} noValidate>
        <div className={`two wide ${classes.asking}`}>
          <div>
            <TextInput
              size="lg"
              label={t('question')}
              placeholder={t('questionExample')}
              maxLength={150}
              autoComplete="off"
              {...form.getInputProps('title')}
            />
            <div className="mt24">
              <MarkdownEditor label={t('known')} minRows={7} maxLength={30_000} {...form.getInputProps('body')} />
            </div>
            <Suspense fallback={<div className={classes.tagSpace} />}>
              <TagField
                mt="lg"
                label={t('tags')}
                description={t('tagsHelp')}
                data={known}
                value={form.values.tags}
                onChange={(tags) => form.setFieldValue('tags', tags)}
                error={form.errors.tags}
              />
            </Suspense>
            {problem !== null && (
              <div className="mt16">
                <ProblemAlert error={problem} ns="forum" />
              </div>
            )}
            <div className="row mt24 wrap">
              <Button type="submit" variant="filled" loading={busy}>
                {t('askAct')}
              </Button>
              <span className="t2 right only-wide">{t('readBy')}</span>
            </div>
          </div>
          <aside className="side">
            <SimilarTopics cohortId={cohortId} title={typed} />
            <WhoCanHelp cohortId={cohortId} words={form.values.tags} />
          </aside>
        </div>
      </form>
    </div>
  );
}

const isEmpty = ({ title, body, tags }: Question) => !title && !body && tags.length === 0;

function fromDraft(text: string): Question {
  const empty = { title: '', body: '', tags: [] };
  try {
    return text ? { ...empty, ...(JSON.parse(text) as Partial<Question>) } : empty;
  } catch {
    return empty;
  }
}
