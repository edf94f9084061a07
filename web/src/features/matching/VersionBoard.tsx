import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Matching, MatchingOverview, MatchingRules, Pair } from '../../../../src/contracts/selection/matching';
import { oneOf } from '../../shell/address';
import { Group } from '../../ui/page/Group';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Board } from './Board';
import {
  FILTERS,
  type Filter,
  type OnBoard,
  forbidden,
  freed,
  isShown,
  locked,
  placeOf,
  projectsOf,
  rowsOf,
  rulesOf,
} from './board';
import { Chosen } from './Chosen';
import { goByArrow } from './drag';
import classes from './matching.module.css';
import { useMatchingActs } from './queries';
import { reveal } from './reveal';
import { Seat } from './Seat';
import { Shares } from './Shares';
import { WhatIf } from './WhatIf';
import { useReasonText } from './words';

interface VersionBoardProps {
  cohortId: string;
  overview: MatchingOverview;
  matching: Matching;
  mayMove: boolean;
  onShow: (matchingId: string) => void;
}

/** A change that is tried and not kept. */
interface Trial {
  label: string;
  rules: MatchingRules;
  then: Matching;
}

/** A version on the board: who is where and why, and what would come of another place. */
export function VersionBoard({ cohortId, overview, matching, mayMove, onShow }: VersionBoardProps) {
  const { t, i18n } = useTranslation('matching');
  const tenths = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const { solve } = useMatchingActs(cohortId);
  const reasonText = useReasonText(overview);
  const board = useRef<HTMLDivElement>(null);
  const [filter, setFilter] = useState<Filter>('all');
  const [chosen, setChosen] = useState<string | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const [trial, setTrial] = useState<Trial | null>(null);
  const [busy, setBusy] = useState(false);
  // What was tried last is shown, whichever answer comes last.
  const turn = useRef(0);
  const [problem, setProblem] = useState<unknown>(null);
  const rules = rulesOf(matching, overview);
  const rows = rowsOf(overview, matching);
  const out = matching.unplaced
    .filter(({ name }) => name !== null)
    .map((one): OnBoard => ({ ...one, rank: null, isLocked: false }));
  const all = [...matching.teams.flatMap(({ fellows }) => fellows), ...out];
  const person = all.find(({ applicationId }) => applicationId === chosen);
  const nameOf = (id: string) => all.find(({ applicationId }) => applicationId === id)?.name ?? '';
  const projectOf = (id: string) => projectsOf(overview).find((one) => one.id === id)?.name ?? '';

  const run = async (work: (isLast: () => boolean) => Promise<void>) => {
    const own = (turn.current += 1);
    const isLast = () => own === turn.current;
    setBusy(true);
    setProblem(null);
    try {
      await work(isLast);
    } catch (error) {
      if (isLast()) setProblem(error);
    } finally {
      if (isLast()) setBusy(false);
    }
  };
  const attempt = (next: MatchingRules, label: string) =>
    void run(async (isLast) => {
      setPicked(null);
      const then = await solve({ ...next, seed: matching.seed, dryRun: true });
      if (isLast()) setTrial({ label, rules: next, then });
    });
  const keep = () =>
    void run(async () => {
      if (!trial) return;
      const { digest } = trial.then;
      const made = await solve({ ...trial.rules, seed: matching.seed, ...(digest !== null && { digest }) });
      if (made.id !== null) onShow(made.id);
    });
  const say = (key: string, pair: Pair) =>
    t(`whatIf.${key}`, { name: nameOf(pair.applicationId), project: projectOf(pair.projectId) });
  const onLock = (pair: Pair) => attempt(locked(rules, pair), say('locked', pair));

  const choose = (id: string) => {
    const isAgain = chosen === id && (picked === id || !mayMove);
    setChosen(isAgain ? null : id);
    setPicked(isAgain || !mayMove ? null : id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !board.current) return;
    if (event.key === 'Escape' && picked !== null) {
      setPicked(null);
      event.preventDefault();
    } else if (goByArrow(board.current, event.key)) event.preventDefault();
  };
  const count = (one: Filter) => rows.filter((row) => isShown(row, one)).length;
  const shown = rows.filter((row) => isShown(row, filter));
  // Nobody is moved while another move is tried.
  const acts = { chosen, picked, mayMove: mayMove && !busy, reasonText, onChoose: choose, onPut: onLock };
  return (
    // The arrows go on from whoever has the focus.
    <div ref={board} onKeyDown={onKeyDown}>
      <p className="t2 mt12">
        {t('teams.facts', { seconds: tenths.format(matching.tookMs / 1000), seed: matching.seed })}{' '}
        {t('teams.rules', { locks: rules.locks.length, forbidden: rules.forbidden.length })}
      </p>
      <Shares shares={matching.shares} />
      <div className={classes.halves}>
        <div>
          <div className={`${classes.bar} mt16`}>
            <SegmentedControl
              aria-label={t('filters.label')}
              value={filter}
              onChange={(to) => setFilter(oneOf(FILTERS, to) ?? 'all')}
              data={FILTERS.map((one) => ({ value: one, label: t(`filters.${one}`, { count: count(one) }) }))}
            />
            {mayMove && <span className="t2 only-wide">{t('board.how')}</span>}
          </div>
          {shown.length === 0 ? (
            <p className="t2 mt16">{t('filters.nothing')}</p>
          ) : (
            <Board {...{ cohortId, overview, matching, acts }} rows={shown} />
          )}
        </div>
        <aside className={classes.side} aria-label={t('chosen.side')}>
          {out.length > 0 && (
            <Group title={t('unplaced.title')} count={out.length} className="">
              <ul className={classes.tray}>
                {out.map((one) => (
                  <li key={one.applicationId}>
                    <Seat
                      person={one}
                      isChosen={one.applicationId === chosen}
                      isPicked={one.applicationId === picked}
                      isOut
                      {...{ mayMove: acts.mayMove, reasonText }}
                      onChoose={choose}
                    />
                  </li>
                ))}
              </ul>
            </Group>
          )}
          {person ? (
            <Chosen
              key={person.applicationId}
              // On a phone.
              isBelow={window.matchMedia('(max-width: 767px)').matches}
              {...{ person, overview, rules, mayMove, busy, reasonText, onLock }}
              projectId={placeOf(matching, person.applicationId)}
              onForbid={(pair) => attempt(forbidden(rules, pair), say('forbidden', pair))}
              onFree={(pair) => attempt(freed(rules, pair), say('freed', pair))}
            />
          ) : (
            <p className="t2">{t(mayMove ? 'chosen.none' : 'chosen.noneToRead')}</p>
          )}
          {problem !== null && (
            <div ref={reveal} tabIndex={-1} className={classes.chosen}>
              <ProblemAlert error={problem} ns="matching" />
            </div>
          )}
          {trial && (
            <WhatIf
              key={trial.label}
              {...{ overview, busy }}
              now={matching}
              then={trial.then}
              label={trial.label}
              onKeep={keep}
              onForget={() => setTrial(null)}
            />
          )}
        </aside>
      </div>
      <VisuallyHidden role="status">{picked !== null && t('board.picked', { name: nameOf(picked) })}</VisuallyHidden>
    </div>
  );
}
