import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../src/contracts/forums';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { useSubmit } from '../../ui/forms/form';
import { MarkdownEditor } from '../../ui/markdown/MarkdownEditor';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { useWorkshop } from '../workshops/queries';
import { useDraft } from '../../ui/forms/draft';
import { askForumAgain, useTopicCounts } from './forum';
import classes from './forum.module.css';
import { SimilarTopics } from './SimilarTopics';
import { WhoCanHelp } from './topic/WhoCanHelp';

const MAX_TAGS = 5;
const TagField = lazyPart(() => import('./TagField'));

interface Question {
  title: string;
  body: string;
  tags: string[];
  [field: string]: unknown;
}

/** Asking. `?workshop=<id>` follows up a workshop: the question begins with its title and tags, and is linked to it. */
export default function TopicNewPage() {
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/forum/new' });
  const { workshop }: { workshop?: string } = useSearch({ strict: false });
  if (workshop === undefined) return <Asking cohortId={cohortId} />;
  return <AskingAbout key={workshop} cohortId={cohortId} workshopId={workshop} />;
}

function AskingAbout({ cohortId, workshopId }: { cohortId: string; workshopId: string }) {
  return (
    <QueryBoundary query={useWorkshop(cohortId, workshopId)}>
      {(workshop) => <Asking cohortId={cohortId} about={workshop} />}
    </QueryBoundary>
  );
}

const MAX_BEGUN = 90;

/** The tags of a workshop as the forum writes them. */
const tagOf = (words: string) =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');

/** The question, what one knows already, tags; beside it what was asked before, while one types. */
function Asking({ cohortId, about }: { cohortId: string; about?: Workshop }) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const navigate = useNavigate();
  const known = useTopicCounts(cohortId).data?.tags.map((one) => one.tag) ?? [];
  const begun = about ? t('aboutTitle', { title: about.title.slice(0, MAX_BEGUN) }) : '';
  const empty = { title: begun, body: '', tags: (about?.tags ?? []).map(tagOf).filter(Boolean).slice(0, MAX_TAGS) };
  const draft = useDraft(`ask:${about?.id ?? cohortId}`);
  const form = useForm<Question>({
    initialValues: fromDraft(draft.text, empty),
    onValuesChange: (values) => draft.set(isSame(values, empty) ? '' : JSON.stringify(values)),
    validate: { title: (title) => (begun && title.trim() === begun.trim() ? t('fields.say_more') : null) },
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      const asked = { ...values, ...(about && { aboutWorkshop: about.id }) };
      const body = { ...asked, clientId: draft.clientIdOf(asked) };
      const topic = await api.post<Topic>(`/cohorts/${cohortId}/topics`, body);
      draft.clear();
      askForumAgain(client, { cohortId });
      await navigate({ to: '/c/$cohortId/forum/$topicId', params: { cohortId, topicId: topic.id }, replace: true });
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
            {about && (
              <p className={`t2 ${classes.about}`}>
                {t('about')}{' '}
                <Link
                  className="link"
                  to="/c/$cohortId/workshops/$workshopId"
                  params={{ cohortId, workshopId: about.id }}
                >
                  {about.title}
                </Link>
              </p>
            )}
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
            <Part fallback={<div className={classes.tagSpace} />}>
              <TagField
                mt="lg"
                label={t('tags')}
                description={t('tagsHelp')}
                data={known}
                value={form.values.tags}
                onChange={(tags) => form.setFieldValue('tags', tags)}
                error={form.errors.tags}
              />
            </Part>
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

const isSame = (one: Question, other: Question) =>
  one.title === other.title && one.body === other.body && one.tags.join() === other.tags.join();

function fromDraft(text: string, empty: Question): Question {
  try {
    return text ? { ...empty, ...(JSON.parse(text) as Partial<Question>) } : empty;
  } catch {
    return empty;
  }
}
