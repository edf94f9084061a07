import { Button, Checkbox } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CarryWords, CommonsStanding, OwnWords } from '../../../../../src/contracts/commons/commons';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { Part } from '../../../ui/forms/Part';
import { Group } from '../../../ui/page/Group';
import { lazyPart } from '../../../ui/page/lazy-part';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { State } from '../../../ui/page/State';
import { toast } from '../../../ui/toast';
import { askCommonsAgain, standingKey } from '../commons';
import classes from '../commons.module.css';

const Markdown = lazyPart(async () => ({ default: (await import('../../../ui/markdown/Markdown')).Markdown }));

interface OwnWordsFormProps {
  standing: CommonsStanding;
  cohortId: string;
  topicId: string;
}

/** My posts as they would be read there: which go along. The question always does, as it is opened. */
export function OwnWordsForm({ standing, cohortId, topicId }: OwnWordsFormProps) {
  const { t } = useTranslation('commons');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState<'yes' | 'no' | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { mine, abilities, asked } = standing;
  const mayGive = abilities.open || abilities.join;
  const free = mine.filter(({ state }) => state === 'free');
  const isQuestion = (post: OwnWords) => abilities.open && post.number === 1;
  const chosen = free.filter((post) => isQuestion(post) || !left.has(post.id)).map(({ id }) => id);
  const hasQuestion = !abilities.open || free.some(isQuestion);
  const path = `/cohorts/${cohortId}/topics/${topicId}/commons`;
  const act = async (what: 'yes' | 'no', send: () => Promise<CommonsStanding>, done: string) => {
    setBusy(what);
    setProblem(null);
    try {
      const now = await send();
      client.setQueryData(standingKey(cohortId, topicId), now);
      void client.invalidateQueries({ queryKey: keys.topic(cohortId, topicId) });
      askCommonsAgain(client);
      toast(done);
      if (what === 'yes' && now.commonsTopicId !== null)
        await navigate({ to: '/commons/$topicId', params: { topicId: now.commonsTopicId } });
    } catch (error) {
      setProblem(error);
    }
    setBusy(null);
  };
  const give = () =>
    act(
      'yes',
      () => api.post<CommonsStanding>(path, { postIds: chosen } satisfies CarryWords),
      t(abilities.open ? 'give.opened' : 'give.joined'),
    );
  const refuse = () => act('no', () => api.post<CommonsStanding>(`${path}/no`), t('give.refused'));
  if (mine.length === 0) return null;
  return (
    <Group title={t('give.title')} count={mine.length}>
      <p className="t2 mt8">{t(abilities.open ? 'give.bodyOpen' : 'give.body', { title: standing.title })}</p>
      {mine.map((post) => (
        <Words
          key={post.id}
          post={post}
          isFixed={!mayGive || isQuestion(post)}
          isChosen={chosen.includes(post.id)}
          onChange={(isIn) =>
            setLeft((before) => {
              const now = new Set(before);
              if (isIn) now.delete(post.id);
              else now.add(post.id);
              return now;
            })
          }
        />
      ))}
      {!hasQuestion && <p className="mt16">{t('give.noQuestion')}</p>}
      {problem !== null && (
        <div className="mt16">
          <ProblemAlert error={problem} ns="commons" />
        </div>
      )}
      <div className="row wrap mt16">
        {mayGive && free.length > 0 && (
          <Button
            variant="filled"
            loading={busy === 'yes'}
            disabled={chosen.length === 0 || !hasQuestion || busy !== null}
            onClick={() => void give()}
          >
            {t(abilities.open ? 'give.open' : 'give.join')}
          </Button>
        )}
        {asked && (
          <Button loading={busy === 'no'} disabled={busy !== null} onClick={() => void refuse()}>
            {t('give.no')}
          </Button>
        )}
      </div>
    </Group>
  );
}

interface WordsProps {
  post: OwnWords;
  isFixed: boolean;
  isChosen: boolean;
  onChange: (isIn: boolean) => void;
}

function Words({ post, isFixed, isChosen, onChange }: WordsProps) {
  const { t } = useTranslation('commons');
  const { state, number, body, staying } = post;
  const name = number === 1 ? t('give.question') : t('give.reply', { number });
  return (
    <div className={classes.words} data-left={(state === 'free' && !isChosen) || undefined}>
      {state === 'free' ? (
        <Checkbox
          label={name}
          checked={isChosen}
          disabled={isFixed}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      ) : (
        <p className="row wrap">
          <span className="med">{name}</span>
          <State tone={state === 'there' ? 'ok' : undefined}>{t(`give.states.${state}`)}</State>
        </p>
      )}
      {body !== '' && (
        <div className={classes.body}>
          <Part fallback={<p className="t3">{t('common:loading')}</p>}>
            <Markdown source={body} />
          </Part>
        </div>
      )}
      {state === 'free' && staying.length > 0 && (
        <p className={`t2 xs ${classes.body}`}>
          {t('give.staying', { what: staying.map((one) => t(`give.stays.${one}`)).join(', ') })}
        </p>
      )}
    </div>
  );
}
