import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { ClashDialog } from '../ui/times/ClashDialog';
import { sayWhatIsCut } from '../ui/forms/limits';

/**
 * What no first page waits for: the place of toasts (not at the foot, where one writes), the question before something lies over something
 * else, and what an earlier visit left to send.
 */
export default function Later() {
  useEffect(sendMarksLeft, []);
  useEffect(sayWhatIsCut, []);
  return (
    <>
      <Notifications position="top-center" limit={3} />
      <ClashDialog />
    </>
  );
}

/** Who was where, said without a network: it goes when somebody is signed in, from whichever page comes first. */
function sendMarksLeft(): void {
  if ((localStorage.getItem('cordee-marks') ?? '[]') !== '[]')
    void import('../features/workshops/attendance/marks-outbox');
}
