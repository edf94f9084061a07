import { Link } from '@tanstack/react-router';
import { type CSSProperties, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Matching, MatchingOverview, Pair } from '../../../../src/contracts/selection/matching';
import type { BoardRow, Cell } from './board';
import { craftsOf } from './board';
import { makePlace } from './drag';
import classes from './matching.module.css';
import { Seat } from './Seat';
import type { useReasonText } from './words';

export interface BoardActs {
  chosen: string | null;
  picked: string | null;
  mayMove: boolean;
  reasonText: ReturnType<typeof useReasonText>;
  onChoose: (applicationId: string) => void;
  onPut: (pair: Pair) => void;
}

interface BoardProps {
  cohortId: string;
  overview: MatchingOverview;
  matching: Matching;
  rows: readonly BoardRow[];
  acts: BoardActs;
}

/** Projects in rows, crafts in columns, and who is where. */
export function Board({ cohortId, overview, matching, rows, acts }: BoardProps) {
  const { t } = useTranslation('matching');
  const crafts = craftsOf(overview, matching);
  return (
    <div style={{ '--crafts': crafts.length } as CSSProperties}>
      <div className={classes.heads} aria-hidden="true">
        <span>{t('board.project')}</span>
        {crafts.map((craft) => (
          <span key={craft}>{t(`common:crafts.${craft}`)}</span>
        ))}
      </div>
      <ol aria-label={t('board.label')}>
        {rows.map(({ project, cells }) => (
          <li key={project.id} className={classes.row}>
            <div className={classes.project}>
              <Link
                className="title"
                to="/c/$cohortId/projects/$projectId"
                params={{ cohortId, projectId: project.id }}
              >
                {project.name}
              </Link>
              <div className="t2 cut">{project.agency}</div>
              <div className="t3 xs">{t('board.places', { count: project.places.length })}</div>
            </div>
            {cells.map((cell) => (
              <Place key={cell.craft} project={project} cell={cell} overview={overview} acts={acts} />
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}

interface PlaceProps {
  project: BoardRow['project'];
  cell: Cell;
  overview: MatchingOverview;
  acts: BoardActs;
}

/** What a project has of one craft: who is there, and what is wanted. People of that craft are put here. */
function Place({ project, cell, overview, acts }: PlaceProps) {
  const { t } = useTranslation('matching');
  const { chosen, picked, mayMove, reasonText, onChoose, onPut } = acts;
  const place = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);
  const wants = cell.people.length + cell.free > 0;
  const takes = useEffectEvent(
    (id: string) =>
      mayMove &&
      !cell.people.some(({ applicationId }) => applicationId === id) &&
      overview.people.some(({ applicationId, craft }) => applicationId === id && craft === cell.craft),
  );
  const put = useEffectEvent((applicationId: string) => onPut({ applicationId, projectId: project.id }));
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    return makePlace(element, { takes: (id) => takes(id), onOver: setOver, onDrop: (id) => put(id) });
  }, [wants]);
  if (!wants) return <span className={classes.nothing} />;
  const craft = t(`common:crafts.${cell.craft}`);
  const own = overview.people.find(({ applicationId }) => applicationId === picked);
  const isOffered =
    own?.craft === cell.craft && !cell.people.some(({ applicationId }) => applicationId === picked) && mayMove;
  return (
    <div ref={place} className={classes.place} data-over={isOver}>
      {cell.people.map((person) => (
        <Seat
          key={person.applicationId}
          person={person}
          isChosen={person.applicationId === chosen}
          isPicked={person.applicationId === picked}
          {...{ mayMove, reasonText, onChoose }}
        />
      ))}
      {cell.over > 0 && <p className={`${classes.against} xs`}>{t('board.over', { count: cell.over })}</p>}
      {cell.free > 0 && !isOffered && (
        <div className={classes.open}>
          <b className="med">{t('board.wanted', { craft, count: cell.free })}</b>
          <small>{t('board.wishes', { count: wishesFor(overview, project.id, cell.craft) })}</small>
        </div>
      )}
      {isOffered && picked !== null && (
        <button
          type="button"
          className={classes.offer}
          data-seat
          onClick={() => onPut({ applicationId: picked, projectId: project.id })}
        >
          <b>{t('board.here', { project: project.name })}</b>
          <small>{t(cell.free > 0 ? 'board.isFree' : 'board.moves')}</small>
        </button>
      )}
    </div>
  );
}

/** How many of a craft wish for a project. */
const wishesFor = ({ people }: MatchingOverview, projectId: string, craft: Cell['craft']) =>
  people.filter((one) => one.craft === craft && one.wishes.includes(projectId)).length;
