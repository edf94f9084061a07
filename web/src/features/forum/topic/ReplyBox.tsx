import { Button } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post, Topic, WriteReply } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { isProblem } from '../../../api/problem';
import type { UploadPlace } from '../../../ui/files/uploads';
import { Icon } from '../../../ui/Icon';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { asSent } from '../../../ui/naming/as-sent';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { askForumAgain } from '../forum';
import { DraftElsewhere } from '../writing/DraftElsewhere';
import { DraftKept } from '../writing/DraftKept';
import type { KeptDraft } from '../writing/useKeptDraft';
import { PollTool } from '../writing/PollTool';
import { aboutFiles, asAttach } from '../writing/writing';
import classes from '../writing/writing.module.css';
import { AnsweredMeanwhile } from '../writing/AnsweredMeanwhile';
import { useTurn } from '../slow/useTurn';
import { useSteady } from '../writing/useSteady';
import { KindWords } from '../kind/lazy';
import { type PollGap, asPoll, gapOf } from '../../polls/draft-poll';

const WritingBox = lazyPart(async () => ({ default: (await import('../writing/WritingBox')).WritingBox }));

interface ReplyBoxProps {
  topic: Topic;
  posts: readonly Post[];
  draft: KeptDraft;
  place: UploadPlace;
}

/** Where one answers. What is typed is kept until it is sent; Ctrl+Enter sends. */
export function ReplyBox({ topic, posts, draft, place }: ReplyBoxProps) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { attaching } = draft;
  const { body, poll } = draft.words;
  const [gap, setGap] = useState<PollGap | null>(null);
  const isEmpty = body.trim() === '' && poll === null;
  const turn = useTurn(topic);
  const isReady = body.trim() !== '' && !attaching.busy && turn === null;
  const send = async () => {
    if (busy || !isReady) return;
    setProblem(null);
    const missing = poll && gapOf(poll);
    setGap(missing);
    if (missing) return;
    setBusy(true);
    try {
      const words = {
        body: await asSent(body, topic.cohortId),
        attachments: asAttach(attaching.done()),
        ...(poll && { poll: asPoll(poll) }),
      };
      const post = await draft.post((from) => {
        const reply: WriteReply = { ...words, ...from, clientId: draft.clientIdOf(words) };
        return api.post<Post>(`/cohorts/${topic.cohortId}/topics/${topic.id}/posts`, reply);
      });
      askForumAgain(client, topic);
      await navigate({ to: '.', hash: `post-${post.number}`, replace: true, hashScrollIntoView: false });
    } catch (error) {
      setProblem(aboutFiles(error));
      // It says from when on.
      if (isProblem(error, 'slow_mode')) askForumAgain(client, topic);
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  const part = useRef<HTMLElement>(null);
  useSteady(part);
  return (
    <section ref={part} aria-label={t('yourReply')} onKeyDown={onKeyDown}>
      <AnsweredMeanwhile
        topicId={topic.id}
        posts={posts}
        isWriting={!isEmpty}
        isLoaded={draft.isLoaded}
        keptAt={draft.keptAt}
      />
      {turn !== null && (
        <p className={classes.turn} role="status">
          <Icon of={IconHourglass} size={16} />
          {turn}
        </p>
      )}
      <Part fallback={<div className={classes.space} />}>
        <WritingBox
          label={t('yourReply')}
          placeholder={t('replyPlaceholder')}
          value={body}
          onChange={draft.setBody}
          place={place}
          attaching={attaching}
        />
      </Part>
      {body.trim() !== '' && (
        <Part lost="nothing">
          <KindWords cohortId={topic.cohortId} text={body} posts={posts} />
        </Part>
      )}
      <PollTool
        size="sm"
        poll={poll}
        errors={gap ? { [gap.field]: t(`fields.${gap.code}`) } : {}}
        onChange={(next) => {
          setGap(null);
          draft.set({ ...draft.words, poll: next });
        }}
      />
      <DraftElsewhere draft={draft} />
      {problem !== null && (
        <div className="mt8">
          <ProblemAlert error={problem} ns="forum" />
        </div>
      )}
      <div className="row mt8 wrap">
        <Button loading={busy} disabled={!isReady} onClick={() => void send()}>
          {t('sendReply')}
        </Button>
        <DraftKept draft={draft} className="xs" isBegun={!isEmpty}>
          {t('readBy')}
        </DraftKept>
      </div>
    </section>
  );
}
