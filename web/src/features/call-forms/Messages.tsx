import { Button, Textarea } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationMessage, ApplicationMessages } from '../../../../src/contracts/calls/application-messages';
import { Group } from '../../ui/page/Group';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { When } from '../../ui/times/When';
import classes from './call-forms.module.css';

interface MessagesProps {
  query: UseQueryResult<ApplicationMessages>;
  /** On which side one reads. */
  mine: ApplicationMessage['from'];
  /** Sends one, `seen` being the last that stood there; the same id again is the same message. */
  send: (text: string, clientId: string, seen: string | undefined) => Promise<void>;
  /** Of the programme team: what was written until the last message that they `seen` needs no answer. */
  settle?: (seen: string) => Promise<void>;
  className?: string;
}

const MOST = 4000;

/** What who applies and the programme team wrote to one another about a file, and a place to write. */
export function Messages({ query, mine, send, settle, className = 'mt32' }: MessagesProps) {
  const { t } = useTranslation('call-forms');
  const last = query.data?.items.at(-1);
  return (
    <Group title={t('messages.title')} count={query.data?.items.length} className={className}>
      <QueryBoundary query={query} ns="call-forms">
        {({ items, canWrite, waits }) => (
          <>
            <ol className={classes.messages}>
              {items.map((message) => (
                <Message key={message.id} message={message} mine={mine} />
              ))}
            </ol>
            {canWrite && waits && settle && last && <Settle settle={() => settle(last.id)} />}
            {canWrite && <Write mine={mine} send={(text, clientId) => send(text, clientId, last?.id)} />}
            {!canWrite && items.length === 0 && <p className="t2 mt12">{t('messages.none')}</p>}
          </>
        )}
      </QueryBoundary>
    </Group>
  );
}

function Settle({ settle }: { settle: () => Promise<void> }) {
  const { t } = useTranslation('call-forms');
  const [problem, setProblem] = useState<unknown>(null);
  return (
    <div className="mt12">
      <button type="button" className="link" onClick={() => void settle().then(() => setProblem(null), setProblem)}>
        {t('messages.settle')}
      </button>
      <ProblemAlert error={problem} ns="call-forms" />
    </div>
  );
}

function Message({ message, mine }: { message: ApplicationMessage; mine: MessagesProps['mine'] }) {
  const { t } = useTranslation('call-forms');
  const { from, name, text, at } = message;
  const who =
    from === 'applicant' ? t(mine === from ? 'messages.me' : 'messages.applicant') : name || t('messages.team');
  return (
    <li>
      <p>
        <b>{who}</b>{' '}
        <span className="t3 xs">
          <When at={at} />
        </span>
      </p>
      <p className={classes.text}>{text}</p>
    </li>
  );
}

function Write({
  mine,
  send,
}: {
  mine: MessagesProps['mine'];
  send: (text: string, clientId: string) => Promise<void>;
}) {
  const { t } = useTranslation('call-forms');
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  // Sent again after a lost answer, it is the same message.
  const id = useRef<string>(null);
  const submit = async () => {
    if (text.trim() === '' || isBusy) return;
    id.current ??= crypto.randomUUID();
    setBusy(true);
    setProblem(null);
    try {
      await send(text, id.current);
      id.current = null;
      setText('');
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="mt16"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Textarea
        label={t(`messages.write_${mine}`)}
        description={t(`messages.who_${mine}`)}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={MOST}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          id.current = null;
        }}
      />
      <ProblemAlert error={problem} ns="call-forms" />
      <Button type="submit" className="mt8" loading={isBusy} disabled={text.trim() === ''}>
        {t('messages.send')}
      </Button>
    </form>
  );
}
