import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { draftKeys } from '../../../../src/contracts/draft-keys';
import type { DraftPoll } from '../../../../src/contracts/forum/polls';
import type { Topic, TopicKind } from '../../../../src/contracts/forums';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { useSubmit } from '../../ui/forms/form';
import { asSent } from '../../ui/naming/as-sent';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { useWorkshop } from '../workshops/queries';
import { askForumAgain, useTopicCounts } from './forum';
import classes from './forum.module.css';
import { asPoll, gapOf } from '../polls/draft-poll';
import { asTag } from './as-tag';
import { SimilarTopics } from './SimilarTopics';
import { WhoCanHelp } from './topic/WhoCanHelp';
import { DraftElsewhere } from './writing/DraftElsewhere';
import { DraftKept } from './writing/DraftKept';
import { isSame } from './writing/draft-state';
import { PollTool } from './writing/PollTool';
import { useKeptDraft } from './writing/useKeptDraft';
import { aboutFiles, asAttach } from './writing/writing';
import templates from './templates/templates.module.css';
import writing from './writing/writing.module.css';
import { KindWords } from './kind/lazy';

const MAX_TAGS = 5;
const KINDS = ['question', 'discussion'] as const satisfies TopicKind[];
const WritingBox = lazyPart(async () => ({ default: (await import('./writing/WritingBox')).WritingBox }));
const TagField = lazyPart(() => import('./TagField'));
const TemplateChoice = lazyPart(() => import('./templates/TemplateChoice'));

interface Question {
  kind: TopicKind;
  title: string;
  body: string;
  tags: string[];
  poll: DraftPoll | null;
  /** Nothing is changed. */
  edit: null;
  [field: string]: unknown;
}

/** Asking. `?workshop=<id>` follows up a workshop: the question begins with its title and tags, and is linked to it. `?template=<id>` begins with a template. */
export default function TopicNewPage() {
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/forum/new' });
  const { workshop, template }: { workshop?: string; template?: string } = useSearch({ strict: false });
  if (workshop === undefined) return <Asking key={cohortId} cohortId={cohortId} template={template} />;
  return <AskingAbout key={workshop} cohortId={cohortId} workshopId={workshop} template={template} />;
}

interface AskingProps {
  cohortId: string;
  about?: Workshop;
  /** The template that a link asks for. */
  template: string | undefined;
}

function AskingAbout({ cohortId, workshopId, template }: Omit<AskingProps, 'about'> & { workshopId: string }) {
  return (
    <QueryBoundary query={useWorkshop(cohortId, workshopId)}>
      {(workshop) => <Asking cohortId={cohortId} about={workshop} template={template} />}
    </QueryBoundary>
  );
}

const MAX_BEGUN = 90;

/** The question, what one knows already, tags; beside it what was asked before, while one types. */
function Asking({ cohortId, about, template }: AskingProps) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const navigate = useNavigate();
  const known = useTopicCounts(cohortId).data?.tags.map((one) => one.tag) ?? [];
  const begun = about ? t('aboutTitle', { title: about.title.slice(0, MAX_BEGUN) }) : '';
  const tags = (about?.tags ?? []).map(asTag).filter(Boolean).slice(0, MAX_TAGS);
  const empty: Question = { kind: 'question', title: begun, body: '', tags, poll: null, edit: null };
  const place = useMemo(() => ({ name: `ask:${about?.id ?? cohortId}`, cohortId }), [about, cohortId]);
  const draft = useKeptDraft(draftKeys.topic(cohortId, about?.id), {
    ...{ place, empty },
    onTaken: (words) => form.setValues({ ...words, edit: null }),
  });
  const { attaching } = draft;
  const form = useForm<Question>({
    initialValues: { ...draft.words, edit: null },
    onValuesChange: ({ kind, title, body, tags: chosen, poll }) => {
      draft.set({ kind, title, body, tags: chosen, poll, edit: null });
    },
    validate: ({ title, poll }) => {
      const gap = poll && gapOf(poll);
      return {
        ...(begun && title.trim() === begun.trim() && { title: t('fields.say_more') }),
        ...(gap && { [`poll.${gap.field}`]: t(`fields.${gap.code}`) }),
      };
    },
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ kind: asWhat, title, body: words, tags: chosen, poll }) => {
      // In one order, by which it is known to be the same when it is sent again.
      const asked = {
        kind: asWhat,
        title,
        body: await asSent(words, cohortId),
        tags: chosen,
        attachments: asAttach(attaching.done()),
        ...(poll && { poll: asPoll(poll) }),
        ...(about && { aboutWorkshop: about.id }),
      };
      const topic = await draft.post(async (from) => {
        const body = { ...asked, ...from, clientId: draft.clientIdOf(asked) };
        return await api.post<Topic>(`/cohorts/${cohortId}/topics`, body).catch((error: unknown) => {
          throw aboutFiles(error);
        });
      });
      askForumAgain(client, { cohortId });
      await navigate({ to: '/c/$cohortId/forum/$topicId', params: { cohortId, topicId: topic.id }, replace: true });
    },
    'forum',
  );
  const { kind } = form.values;
  const pollErrors = Object.fromEntries(
    Object.entries(form.errors).flatMap(([field, text]) => (field.startsWith('poll.') ? [[field.slice(5), text]] : [])),
  );
  const [typed] = useDebouncedValue(form.values.title, 300);

  return (
    <div className="page">
      <PageHeader
        title={t(`asking.${kind}.title`)}
        lead={t(`asking.${kind}.lead`)}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/forum', params: { cohortId } } },
          { label: t(`asking.${kind}.crumb`) },
        ]}
      >
        <DraftKept draft={draft} className="only-wide" isBegun={!isSame(draft.words, empty)} />
      </PageHeader>
      <form onSubmit={submit} noValidate>
        <div className={`two wide ${classes.asking}`}>
          <div>
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
              <SegmentedControl
                mb="md"
                aria-label={t('kinds.label')}
                data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
                {...form.getInputProps('kind')}
              />
              <TextInput
                size="lg"
                label={t(`asking.${kind}.field`)}
                placeholder={t(`asking.${kind}.example`)}
                maxLength={150}
                autoComplete="off"
                {...form.getInputProps('title')}
              />
              <div className="mt16">
                <Part lost="nothing" fallback={<div className={templates.space} />}>
                  <TemplateChoice
                    cohortId={cohortId}
                    typed={form.values}
                    asked={template}
                    isLoaded={draft.isLoaded}
                    onBegun={(begun) => form.setValues({ ...begun })}
                  />
                </Part>
              </div>
            </div>
            <div className="mt24">
              <Part fallback={<div className={writing.space} data-tall />}>
                <WritingBox
                  label={t(`asking.${kind}.body`)}
                  minRows={7}
                  place={place}
                  attaching={attaching}
                  {...form.getInputProps('body')}
                />
              </Part>
            </div>
            {form.values.body.trim() !== '' && (
              <Part lost="nothing">
                <KindWords cohortId={cohortId} text={form.values.body} />
              </Part>
            )}
            <PollTool
              poll={form.values.poll}
              errors={pollErrors}
              onChange={(poll) => {
                form.setFieldValue('poll', poll);
                for (const field of Object.keys(pollErrors)) form.clearFieldError(`poll.${field}`);
              }}
            />
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
            <DraftElsewhere draft={draft} />
            {problem !== null && (
              <div className="mt16">
                <ProblemAlert error={problem} ns="forum" />
              </div>
            )}
            <div className="row mt24 wrap">
              <Button type="submit" variant="filled" loading={busy} disabled={attaching.busy}>
                {t(`asking.${kind}.act`)}
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
