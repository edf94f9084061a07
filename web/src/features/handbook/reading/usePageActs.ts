import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandbookPage } from '../../../../../src/contracts/handbook/handbook';
import { api } from '../../../api/http';
import { useMe } from '../../../api/session';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../../ui/toast';
import { askHandbookAgain, keepPage, pathOf } from '../handbook';

/** What is done with a page by one click. */
export interface PageActs {
  check: () => void;
  isChecking: boolean;
  take: () => void;
  lock: () => void;
}

export function usePageActs(cohortId: string, page: HandbookPage): PageActs {
  const { t } = useTranslation('handbook');
  const client = useQueryClient();
  const me = useMe();
  const text = useProblemText('handbook');
  const [isChecking, setChecking] = useState(false);
  const path = pathOf(cohortId, page.id);
  const done = async (act: () => Promise<HandbookPage>, word: string) => {
    try {
      keepPage(client, cohortId, await act());
      toast(t(word));
    } catch (error) {
      toastProblem(text(error));
      askHandbookAgain(client, { cohortId });
    }
  };
  return {
    isChecking,
    check: () => {
      setChecking(true);
      const { version, editedAt } = page;
      void done(() => api.put<HandbookPage>(`${path}/checked`, { version, editedAt }), 'checkedNow').finally(() =>
        setChecking(false),
      );
    },
    take: () => void done(() => api.put<HandbookPage>(`${path}/owner`, { userId: me.id }), 'taken'),
    lock: () =>
      void (page.locked
        ? done(() => api.delete<HandbookPage>(`${path}/lock`), 'unlockedNow')
        : done(() => api.put<HandbookPage>(`${path}/lock`), 'lockedNow')),
  };
}
