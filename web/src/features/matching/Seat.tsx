import { VisuallyHidden } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../ui/people/Avatar';
import { Icon } from '../../ui/Icon';
import type { OnBoard } from './board';
import { mainReason } from './board';
import { makeHeld } from './drag';
import classes from './matching.module.css';
import type { useReasonText } from './words';

interface SeatProps {
  person: OnBoard;
  isChosen: boolean;
  isPicked: boolean;
  mayMove: boolean;
  /** Without a place: what stands beside them says so. */
  isOut?: boolean;
  reasonText: ReturnType<typeof useReasonText>;
  onChoose: (applicationId: string) => void;
}

/** Somebody on the board: their name, which wish it is, and the one reason. Drawn, or taken by Enter. */
export function Seat({ person, isChosen, isPicked, mayMove, isOut = false, reasonText, onChoose }: SeatProps) {
  const { t } = useTranslation('matching');
  const { applicationId, name, rank, isLocked, reasons } = person;
  const seat = useRef<HTMLButtonElement>(null);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const element = seat.current;
    if (!element || !mayMove) return;
    return makeHeld(element, applicationId, setHeld);
  }, [applicationId, mayMove]);
  const reason = mainReason(reasons);
  return (
    <button
      ref={seat}
      type="button"
      id={`seat-${applicationId}`}
      className={classes.seat}
      data-seat
      data-chosen={isChosen}
      data-picked={isPicked}
      data-held={isHeld}
      aria-pressed={isPicked}
      onClick={() => onChoose(applicationId)}
    >
      <Avatar id={applicationId} name={name ?? ''} size={24} />
      <span className={classes.who}>
        <span className={classes.head}>
          <b className="cut">{name}</b>
          {isLocked && (
            <>
              <Icon of={IconLock} size={14} />
              <VisuallyHidden>{t('board.isLocked')}</VisuallyHidden>
            </>
          )}
          {!isOut && <Rank rank={rank} />}
        </span>
        {reason && <small className="cut">{reasonText(reason)}</small>}
      </span>
    </button>
  );
}

/** Which of their wishes it is. */
export function Rank({ rank, isWhole = false }: { rank: number | null; isWhole?: boolean }) {
  const { t } = useTranslation('matching');
  if (rank === null) return <span className="badge wait">{t('rank.none')}</span>;
  return (
    <span className={`badge ${rank === 1 ? 'info' : ''}`}>
      {isWhole ? (
        t('rank.whole', { rank })
      ) : (
        <>
          <span aria-hidden="true">{t('rank.of', { rank })}</span>
          <VisuallyHidden>{t('rank.whole', { rank })}</VisuallyHidden>
        </>
      )}
    </span>
  );
}
