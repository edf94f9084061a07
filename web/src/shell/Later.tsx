import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';

/** What no first page waits for: the place of toasts, and what an earlier visit left to send. */
export default function Later() {
  useEffect(sendMarksLeft, []);
  return <Notifications position="bottom-left" limit={3} />;
}

/** Who was where, said without a network: it goes when somebody is signed in, from whichever page comes first. */
function sendMarksLeft(): void {
  if ((localStorage.getItem('cordee-marks') ?? '[]') !== '[]') void import('../features/workshops/marks-outbox');
}
