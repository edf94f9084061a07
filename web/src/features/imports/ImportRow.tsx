import { Button, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import } from '../../../../src/contracts/bridges/imports';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useLocale } from '../../time/clock';
import { ConfirmDialog } from '../../ui/confirm';
import { formatSize } from '../../ui/forms/file-size';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { Notice, State, type Tone } from '../../ui/page/State';
import { toast, toastProblem } from '../../ui/toast';
import { When } from '../../ui/times/When';
import classes from './imports.module.css';

const TONES: Partial<Record<Import['state'], Tone>> = { ready: 'wait', refused: 'alert', done: 'ok', failed: 'alert' };

/** One export: what it holds, how far it is, and what can be done with it. */
export function ImportRow({ cohortId, cohortName, one }: { cohortId: string; cohortName: string; one: Import }) {
  const { source, id, state, room } = one;
  const ns = source === 'slack' ? 'imports' : 'carrying';
  const { t } = useTranslation(ns as 'imports');
  const locale = useLocale();
  const client = useQueryClient();
  const text = useProblemText(ns);
  const [asking, setAsking] = useState(false);
  const all = one.counts?.messages ?? one.forum?.posts ?? 0;
  const already = one.counts?.already ?? one.forum?.already ?? 0;
  const isCounted = one.counts !== null || one.forum !== null;
  const hasRoom = !room || room.needed === 0 || room.needed <= room.free;
  const path = `/cohorts/${cohortId}/imports/${id}`;
  const isAllHere = state === 'ready' && isCounted && already >= all;
  const isAtWork = state === 'checking' || state === 'running';
  const reload = () => client.invalidateQueries({ queryKey: keys.in(cohortId, 'imports', source) });
  const run = async () => {
    await api.post(`${path}/run`);
    await reload();
  };
  const discard = async () => {
    try {
      await api.delete(path);
      if (state === 'done') toast(t('discarded'));
    } catch (error) {
      toastProblem(text(error));
    }
    await reload();
  };

  return (
    <li className={classes.one}>
      <div className="row wrap">
        <span className="med">{one.fileName}</span>
        <span className="t3 num">{formatSize(one.size, locale)}</span>
        <span className="right">
          <State tone={TONES[state]}>{t(`states.${state}`)}</State>
        </span>
      </div>
      <p className="t3 xs mt4">
        {one.by?.name} · <When at={one.createdAt} />
      </p>
      {one.problem !== null && <p className="mt8">{t(`problems.${one.problem}` as 'problems.failed')}</p>}
      {one.counts && <Counts counts={one.counts} isDone={state === 'done'} />}
      {one.forum && <ForumCounts counts={one.forum} isDone={state === 'done'} />}
      {state === 'running' && isCounted && (
        <div className="mt12" role="status">
          <Progress value={all === 0 ? 100 : (one.done / all) * 100} aria-hidden />
          <p className="t2 num mt4">{t('progress', { done: one.done, total: all })}</p>
        </div>
      )}
      {room && room.needed > 0 && <Room {...room} hasRoom={hasRoom} />}
      {isAllHere && <p className="t2 mt8">{t('allHere')}</p>}
      {state === 'done' && <p className="t2 mt8">{t('done')}</p>}
      {!isAtWork && (
        <div className="row mt12">
          {((state === 'ready' && !isAllHere && hasRoom) || state === 'failed') && (
            <Button size="sm" variant="filled" onClick={() => setAsking(true)}>
              {t(state === 'failed' ? 'again' : 'run')}
            </Button>
          )}
          <Button
            size="sm"
            variant="subtle"
            aria-label={t('discardName', { name: one.fileName })}
            onClick={() => void discard()}
          >
            {t('discard')}
          </Button>
        </div>
      )}
      {isCounted && (
        <ConfirmDialog
          opened={asking}
          onClose={() => setAsking(false)}
          title={t('ask', { channels: one.counts?.channels ?? one.forum?.topics ?? 0, cohort: cohortName })}
          act={t('run')}
          ns={ns}
          onConfirm={run}
        >
          {t('askBody', { messages: all - already })}
        </ConfirmDialog>
      )}
    </li>
  );
}

/** What its files need and what is free, before it begins. */
function Room({ needed, free, hasRoom }: { needed: number; free: number; hasRoom: boolean }) {
  const { t } = useTranslation('imports');
  const locale = useLocale();
  const words = t('room', { needed: formatSize(needed, locale), free: formatSize(free, locale) });
  if (hasRoom) return <p className="t2 num mt8">{words}</p>;
  return (
    <div className="mt12">
      <Notice tone="alert">
        <p className="num">{words}</p>
        <p className="mt4">{t('noRoom')}</p>
      </Notice>
    </div>
  );
}

function Counts({ counts, isDone }: { counts: NonNullable<Import['counts']>; isDone: boolean }) {
  const { t } = useTranslation('imports');
  const { matched, placeholders, files, missingFiles: missing } = counts;
  const { notices, directs, unknownEmoji: emoji, unreadable } = counts;
  return (
    <ul className={classes.counts}>
      <li>
        {t('holds', { ...counts })}
        {counts.already > 0 && !isDone && ` ${t('already', { count: counts.already })}`}
      </li>
      <li>{t('people', { matched, placeholders })}</li>
      {files + missing > 0 && <li>{t('files', { files, missing })}</li>}
      {notices + directs + emoji + unreadable > 0 && (
        <li className="t2">{t('left', { notices, directs, emoji, unreadable })}</li>
      )}
    </ul>
  );
}

function ForumCounts({ counts, isDone }: { counts: NonNullable<Import['forum']>; isDone: boolean }) {
  const { t } = useTranslation('carrying');
  const { matched, placeholders, directs, hidden, likes, unreadable } = counts;
  return (
    <ul className={classes.counts}>
      <li>
        {t('holds', { ...counts })}
        {counts.already > 0 && !isDone && ` ${t('already', { count: counts.already })}`}
      </li>
      <li>{t('people', { matched, placeholders })}</li>
      {directs + hidden + likes + unreadable > 0 && (
        <li className="t2">{t('left', { directs, hidden, likes, unreadable })}</li>
      )}
    </ul>
  );
}
