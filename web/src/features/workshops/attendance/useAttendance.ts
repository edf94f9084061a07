import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Attendance,
  AttendanceCode,
  AttendanceMark,
  Workshop,
} from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { useMe } from '../../../api/session';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem } from '../../../ui/toast';
import { workshopKeys } from '../cache';
import { keep, onRefused } from './marks-outbox';

const pathOf = ({ cohortId, id }: Workshop) => `/cohorts/${cohortId}/workshops/${id}/attendance`;

/** The code that participants give, for those who look after the workshop. Another start is another time for it. */
export function useAttendanceCode(workshop: Workshop) {
  return useQuery({
    queryKey: [...workshopKeys.code(workshop.cohortId, workshop.id), workshop.revision],
    queryFn: ({ signal }) => api.get<AttendanceCode>(pathOf(workshop), { signal }),
  });
}

/** Says of others how it was: at once on the screen and kept on this device, so that it can be said without a network. */
export function useMark({ cohortId, id: workshopId }: Workshop): (userId: string, status: AttendanceMark) => void {
  const myId = useMe().id;
  return (userId, status) =>
    void keep({ kind: 'mark', myId, cohortId, workshopId, userId, status, at: new Date().toISOString() });
}

/** Lets somebody from outside in, in the same way. */
export function useLetIn({ cohortId, id: workshopId }: Workshop): (name: string) => void {
  const myId = useMe().id;
  return (name) =>
    void keep({
      ...{ kind: 'guest', myId, cohortId, workshopId, name },
      ...{ key: crypto.randomUUID(), at: new Date().toISOString() },
    });
}

/** Says why marks were not taken, by the first of the reasons. */
export function useRefusedMarks(): void {
  const { t } = useTranslation('workshops');
  const text = useProblemText('workshops');
  useEffect(() => {
    onRefused((codes) =>
      toastProblem(
        t('attendance.refused', { count: codes.length, why: text(new Problem(409, codes[0] ?? 'unknown')) }),
      ),
    );
  });
}

/** Says of myself that I am here, by the code, or that I cannot come, or can after all. */
export function useMyAttendance(workshop: Workshop) {
  const client = useQueryClient();
  return async (said: { code: string } | { status: 'excused' | 'going' }) => {
    await api.post<Attendance>(pathOf(workshop), said);
    await client.invalidateQueries({ queryKey: workshopKeys.all(workshop.cohortId) });
  };
}
