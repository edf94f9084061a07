import { Button, Checkbox, Radio } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Poll } from '../../../../src/contracts/forum/polls';
import type { Post } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { ConfirmDialog } from '../../ui/confirm';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { When } from '../../ui/times/When';
import { askForumAgain } from '../forum/forum';
import { changePost } from '../forum/topic/posts';
import { PollResult } from './PollResult';
import classes from './polls.module.css';

const PollVoters = lazyPart(() => import('./PollVoters'));

interface PollOfPostProps {
  post: Post;
  poll: Poll;
  cohortId: string;
}

/** The poll of a post: to vote in, or what was chosen. */
export default function PollOfPost({ post, poll, cohortId }: PollOfPostProps) {
  const { t } = useTranslation('polls');
  const client = useQueryClient();
  const titleId = useId();
  const [view, setView] = useState<'vote' | 'result' | null>(null);
  const [dialog, setDialog] = useState<'close' | 'who' | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const path = `/cohorts/${cohortId}/polls/${post.id}`;
  const voted = poll.mine.length > 0;
  const isVoting = poll.abilities.vote && (view ?? (voted ? 'result' : 'vote')) === 'vote';

  const take = (now: Post) => changePost(client, cohortId, post.topicId, (one) => (one.id === now.id ? now : one));
  const vote = async (options: number[]) => {
    setBusy(true);
    setProblem(null);
    try {
      take(await api.put<Post>(`${path}/vote`, { options }));
      setView(null);
    } catch (error) {
      setProblem(error);
      askForumAgain(client, { cohortId });
    }
    setBusy(false);
  };

  return (
    <section className={classes.poll} aria-labelledby={titleId}>
      <h2 id={titleId} className={classes.title}>
        {poll.question}
      </h2>
      <Facts poll={poll} />
      {isVoting ? (
        <Ballot
          poll={poll}
          busy={busy}
          onVote={(options) => void vote(options)}
          onSkip={voted || poll.result === 'shown' ? () => setView('result') : undefined}
        />
      ) : (
        <PollResult poll={poll} />
      )}
      <div className={classes.acts}>
        {!isVoting && poll.abilities.vote && (
          <Button size="sm" variant="subtle" onClick={() => setView('vote')}>
            {t(voted ? 'change' : 'toVote')}
          </Button>
        )}
        {!isVoting && poll.abilities.vote && voted && (
          <Button size="sm" variant="subtle" loading={busy} onClick={() => void vote([])}>
            {t('takeBack')}
          </Button>
        )}
        {!isVoting && !poll.anonymous && poll.voters > 0 && (
          <Button size="sm" variant="subtle" onClick={() => setDialog('who')}>
            {t('who')}
          </Button>
        )}
        {/* Also for who does not vote. */}
        {poll.abilities.close && (
          <Button size="sm" variant="subtle" onClick={() => setDialog('close')}>
            {t('close')}
          </Button>
        )}
      </div>
      {problem !== null && (
        <div className="mt8">
          <ProblemAlert error={problem} ns="polls" />
        </div>
      )}
      <ConfirmDialog
        opened={dialog === 'close'}
        onClose={() => setDialog(null)}
        title={t('closeAsk')}
        act={t('close')}
        danger={false}
        ns="polls"
        onConfirm={async () => take(await api.post<Post>(`${path}/close`))}
      >
        {t('closeBody')}
      </ConfirmDialog>
      {dialog === 'who' && (
        <Part lost="over">
          <PollVoters path={path} poll={poll} cohortId={cohortId} onClose={() => setDialog(null)} />
        </Part>
      )}
    </section>
  );
}

/** How one chooses, who sees it, until when, and how many did. */
function Facts({ poll }: { poll: Poll }) {
  const { t } = useTranslation('polls');
  const { closesAt, closedBy, isOpen } = poll;
  return (
    <p className="t3 xs">
      {t(poll.multiple ? 'several' : 'one')}
      {poll.anonymous && <> · {t('isAnonymous')}</>}
      {' · '}
      {t('voters', { count: poll.voters })}
      {closesAt && (
        <>
          {' · '}
          {isOpen
            ? t('until')
            : closedBy
              ? t('closedBy', { name: closedBy.name || t('common:formerMember') })
              : t('closed')}{' '}
          <When at={closesAt} />
        </>
      )}
    </p>
  );
}

interface BallotProps {
  poll: Poll;
  busy: boolean;
  onVote: (options: number[]) => void;
  /** To the result without a vote; absent where there is none to see. */
  onSkip: (() => void) | undefined;
}

function Ballot({ poll, busy, onVote, onSkip }: BallotProps) {
  const { t } = useTranslation('polls');
  const [chosen, setChosen] = useState(poll.mine.map(String));
  const Choice = poll.multiple ? Checkbox : Radio;
  const choices = (
    <div className={classes.choices}>
      {poll.options.map(({ text }, at) => (
        <Choice key={at} value={String(at)} label={text} />
      ))}
    </div>
  );
  return (
    <>
      {poll.multiple ? (
        <Checkbox.Group aria-label={poll.question} value={chosen} onChange={setChosen}>
          {choices}
        </Checkbox.Group>
      ) : (
        <Radio.Group aria-label={poll.question} value={chosen[0] ?? null} onChange={(one) => setChosen([one])}>
          {choices}
        </Radio.Group>
      )}
      {poll.result === 'secret' && <p className="t3 xs mt8">{t('secret')}</p>}
      <div className="row wrap mt12">
        <Button
          variant="filled"
          size="sm"
          loading={busy}
          disabled={chosen.length === 0}
          onClick={() => onVote(chosen.map(Number))}
        >
          {t('vote')}
        </Button>
        {onSkip && (
          <Button size="sm" variant="subtle" onClick={onSkip}>
            {poll.mine.length > 0 ? t('common:cancel') : t('showResult')}
          </Button>
        )}
      </div>
    </>
  );
}
