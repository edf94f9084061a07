import { useEffect, useState } from 'react';
import { useNow } from '../../../time/clock';
import { isNear } from './timing';

/** The present, each second where one of the instants is near. */
export function useTick(...instants: string[]): number {
  const now = useNow();
  const [second, setSecond] = useState(now);
  const near = instants.some((instant) => isNear(instant, now));
  useEffect(() => {
    if (!near) return;
    const timer = setInterval(() => setSecond(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [near]);
  return Math.max(now, second);
}
