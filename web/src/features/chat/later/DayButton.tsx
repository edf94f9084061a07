import { useRef, useState, type ReactNode } from 'react';
import { dayOf } from '../../../time/format';
import { useZone } from '../../../time/clock';
import { useToDay } from './day';
import classes from '../Chat.module.css';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';

const DayPopover = lazyPart(() => import('./DayPopover'));

interface DayButtonProps {
  /** The calendar opens at the day of this instant. */
  at: string;
  children: (open: () => void) => ReactNode;
}

/** A control that opens a calendar, which leads to the first message of a day. */
export function DayButton({ at, children }: DayButtonProps) {
  const zone = useZone();
  const toDay = useToDay();
  const place = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    place.current?.querySelector('button')?.focus({ preventScroll: true });
  };
  return (
    <span ref={place} className={classes.dayButton}>
      {children(() => setOpen(true))}
      <Part lost="over">
        {isOpen && (
          <DayPopover
            date={dayOf(at, zone).toString()}
            onClose={close}
            onPick={(date) => {
              close();
              toDay?.(date);
            }}
          />
        )}
      </Part>
    </span>
  );
}
