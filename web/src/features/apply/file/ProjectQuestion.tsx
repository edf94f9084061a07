import { Button, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_PROJECT_QUESTION } from '../../../../../src/contracts/limits';
import type { OwnProjectQuestion } from '../../../../../src/contracts/selection/questions';
import { useStore } from '../../../api/store';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { State } from '../../../ui/page/State';
import { focusWhenThere, takeFocus } from '../../../ui/page/focus';
import { When } from '../../../ui/times/When';
import classes from '../apply.module.css';
import type { Saver } from './saver';

/** Looked at again so often while the page is open: an answer comes by mail, too. */
const EVERY_MS = 60_000;

const keyOf = (id: string) => ['application-questions', id];

/** What who is accepted asked the hosts of projects. */
export function useQuestions(saver: Saver) {
  const { id } = useStore(saver.shown).draft.server;
  return useQuery({ queryKey: keyOf(id), queryFn: () => saver.ports.questions(), refetchInterval: EVERY_MS });
}

/** What one asked about a project, and what its hosts answered. */
export function AskedProject({ question }: { question: OwnProjectQuestion }) {
  const { t } = useTranslation('apply');
  const { projectId, text, askedAt, isHidden, answer, answeredAt } = question;
  return (
    <div id={`asked-${projectId}`} tabIndex={-1} className={classes.question}>
      <p className="t2">
        {t('questions.mine')} <When at={askedAt} className="t3 xs" />
      </p>
      <p className={classes.summary}>{text}</p>
      {isHidden && <p className="t2 mt8">{t('questions.hidden')}</p>}
      {!isHidden && answer === null && (
        <p className="mt8">
          <State tone="wait">{t('questions.waits')}</State>
        </p>
      )}
      {answer !== null && answeredAt && (
        <>
          <p className="t2 mt8">
            {t('questions.answer')} <When at={answeredAt} className="t3 xs" />
          </p>
          <p className={classes.summary}>{answer}</p>
        </>
      )}
    </div>
  );
}

interface AskProps {
  saver: Saver;
  project: { id: string; name: string };
  /** What is typed was not sent, or that is over: until then it stays on the page. */
  onKept: (isKept: boolean) => void;
}

/** Opens a place to ask the hosts of a project, once. */
export function AskProject({ saver, project, onKept }: AskProps) {
  const { t } = useTranslation('apply');
  const [isOpen, setOpen] = useState(false);
  const [wasClosed, setClosed] = useState(false);
  const { id, name } = project;
  const close = () => {
    setOpen(false);
    setClosed(true);
    onKept(false);
  };
  if (isOpen) return <Write {...{ saver, project, onKept }} onClose={close} />;
  return (
    <button
      ref={wasClosed ? takeFocus : undefined}
      id={`ask-${id}`}
      type="button"
      className="link mt8"
      aria-label={t('questions.askNamed', { name })}
      onClick={() => setOpen(true)}
    >
      {t('questions.ask')}
    </button>
  );
}

function Write({ saver, project: { id, name }, onKept, onClose }: AskProps & { onClose: () => void }) {
  const { t } = useTranslation('apply');
  const client = useQueryClient();
  const key = keyOf(useStore(saver.shown).draft.server.id);
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const send = async () => {
    if (text.trim() === '' || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      client.setQueryData(key, await saver.ports.ask({ projectId: id, text }));
      onKept(false);
      focusWhenThere(document.body, `#asked-${CSS.escape(id)}`);
    } catch (error) {
      setProblem(error);
      onKept(true);
      // It may have been asked from another tab.
      void client.invalidateQueries({ queryKey: key });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="mt12"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Textarea
        label={t('questions.write', { name })}
        description={t('questions.who')}
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MAX_PROJECT_QUESTION}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ProblemAlert error={problem} ns="apply" />
      <div className="row wrap mt8">
        <Button type="submit" size="sm" loading={isBusy} disabled={text.trim() === ''}>
          {t('questions.send')}
        </Button>
        <button type="button" className="link" onClick={onClose}>
          {t('common:cancel')}
        </button>
      </div>
    </form>
  );
}
