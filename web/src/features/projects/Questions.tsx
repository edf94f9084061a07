import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_PROJECT_ANSWER } from '../../../../src/contracts/limits';
import type { ProjectQuestion, ProjectQuestions } from '../../../../src/contracts/selection/questions';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Group } from '../../ui/page/Group';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Tag } from '../../ui/page/State';
import { focusWhenThere, refocus } from '../../ui/page/focus';
import { When } from '../../ui/times/When';
import classes from './projects.module.css';

interface QuestionsProps {
  cohortId: string;
  projectId: string;
}

/** What applicants ask the hosts of a project, for these and the programme team; nothing where nobody asked. */
export default function Questions({ cohortId, projectId }: QuestionsProps) {
  const { t } = useTranslation('projects');
  const path = `/cohorts/${cohortId}/projects/${projectId}/questions`;
  const queryKey = keys.in(cohortId, 'projects', projectId, 'questions');
  const query = useQuery({ queryKey, queryFn: ({ signal }) => api.get<ProjectQuestions>(path, { signal }) });
  // A notice leads to one of them.
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (hash.startsWith('question-')) focusWhenThere(document.body, `#${CSS.escape(hash)}`, { block: 'center' });
  }, [hash]);
  // What one typed for it was not sent: it stays on the page, whatever became of the question.
  const [kept, setKept] = useState<ProjectQuestion | null>(null);
  const found = query.data?.items ?? [];
  const isGone = kept !== null && found.every(({ id }) => id !== kept.id);
  const items = isGone ? [...found, { ...kept, abilities: { answer: false, hide: false } }] : found;
  // What was asked before stays, with what somebody types there: only where nothing is known it says so.
  if (!query.data && query.error)
    return <ProblemAlert error={query.error} ns="projects" onRetry={() => void query.refetch()} />;
  if (items.length === 0) return null;
  return (
    <Group title={t('questions.title')} count={items.length} className="mt32">
      <p className="t2 mt12">{t('questions.lead')}</p>
      <ol className={classes.questions}>
        {items.map((question) => (
          <Question
            key={question.id}
            {...{ question, path, queryKey }}
            isKept={question.id === kept?.id}
            onKept={(isKept) => setKept(isKept ? question : null)}
          />
        ))}
      </ol>
    </Group>
  );
}

interface Keeping {
  isKept: boolean;
  onKept: (isKept: boolean) => void;
}

interface QuestionProps {
  question: ProjectQuestion;
  path: string;
  queryKey: readonly unknown[];
}

function Question({ question, path, queryKey, isKept, onKept }: QuestionProps & Keeping) {
  const { t } = useTranslation('projects');
  const textId = useId();
  const { id, text, askedAt, by, isHidden, answer, answeredAt, abilities } = question;
  return (
    <li id={`question-${id}`} tabIndex={-1}>
      <p className="row wrap t2">
        <span>{by === null ? t('questions.by') : t('questions.byNamed', { name: by })}</span>
        <When at={askedAt} className="t3 xs" />
        {isHidden && <Tag>{t('questions.isHidden')}</Tag>}
      </p>
      <p id={textId} className={classes.question}>
        {text}
      </p>
      {answer !== null && answeredAt && (
        <>
          <p className="t2 mt8">
            {t('questions.answer')} <When at={answeredAt} className="t3 xs" />
          </p>
          <p className={classes.question}>{answer}</p>
        </>
      )}
      {(abilities.answer || isKept) && (
        <Answer {...{ id, path, queryKey, onKept }} describedBy={textId} isOver={!abilities.answer} />
      )}
      {abilities.hide && <Hide question={question} path={path} queryKey={queryKey} describedBy={textId} />}
    </li>
  );
}

function Answer({ id, path, queryKey, describedBy, isOver, onKept }: AnswerProps) {
  const { t } = useTranslation('projects');
  const client = useQueryClient();
  const [text, setText] = useState('');
  const answering = useMutation({
    mutationFn: () => api.put<ProjectQuestions>(`${path}/${id}/answer`, { text }),
    onSuccess: (saved) => {
      onKept(false);
      client.setQueryData(queryKey, saved);
      focusWhenThere(document.body, `#question-${CSS.escape(id)}`);
    },
    onError: () => {
      onKept(true);
      // Another host was faster, say.
      void client.invalidateQueries({ queryKey });
    },
  });
  return (
    <form
      className="mt12"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '' && !isOver) answering.mutate();
      }}
    >
      <Textarea
        label={t('questions.write')}
        aria-describedby={describedBy}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={MAX_PROJECT_ANSWER}
        value={text}
        readOnly={isOver}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ProblemAlert error={answering.error} ns="projects" />
      {isOver ? (
        <Button size="sm" className="mt8" onClick={() => onKept(false)}>
          {t('common:close')}
        </Button>
      ) : (
        <Button type="submit" size="sm" className="mt8" loading={answering.isPending} disabled={text.trim() === ''}>
          {t('questions.send')}
        </Button>
      )}
    </form>
  );
}

interface AnswerProps extends Omit<QuestionProps, 'question'>, Pick<Keeping, 'onKept'> {
  id: string;
  describedBy: string;
  /** Somebody else answered it, or it was taken away: what is typed can be copied. */
  isOver: boolean;
}

function Hide({ question, path, queryKey, describedBy }: QuestionProps & { describedBy: string }) {
  const { t } = useTranslation('projects');
  const client = useQueryClient();
  const button = useRef<HTMLButtonElement>(null);
  const { id, isHidden } = question;
  const hiding = useMutation({
    mutationFn: () => api.put<ProjectQuestions>(`${path}/${id}/hidden`, { isHidden: !isHidden }),
    onSuccess: (saved) => client.setQueryData(queryKey, saved),
    onError: () => client.invalidateQueries({ queryKey }),
    onSettled: () => refocus(button.current),
  });
  return (
    <>
      <button
        ref={button}
        type="button"
        className="link mt8"
        aria-describedby={describedBy}
        disabled={hiding.isPending}
        onClick={() => hiding.mutate()}
      >
        {t(isHidden ? 'questions.show' : 'questions.hide')}
      </button>
      <ProblemAlert error={hiding.error} ns="projects" />
    </>
  );
}
