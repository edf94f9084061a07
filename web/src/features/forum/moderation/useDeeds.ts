import { useQueryClient } from '@tanstack/react-query';
import type { MovePosts, SlowTopic } from '../../../../../src/contracts/forum-moderation';
import type { Topic } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem } from '../../../ui/toast';
import { askForumAgain } from '../forum';

type WithDefaults<T> = Omit<T, 'kind'> & Partial<Pick<MovePosts, 'kind'>>;

/** What is done with a topic itself; whatever became of it, the forum on screen is asked for again. */
export function useDeeds({ cohortId, id }: Pick<Topic, 'cohortId' | 'id'>) {
  const client = useQueryClient();
  const text = useProblemText('forum');
  const path = `/cohorts/${cohortId}/topics/${id}`;
  const told = async (asked: Promise<Topic>): Promise<Topic> => {
    try {
      return await asked;
    } finally {
      askForumAgain(client, { cohortId });
    }
  };
  /** Without a dialog: what goes wrong is said beside the page. */
  const attempt = (asked: Promise<Topic>) => void told(asked).catch((error: unknown) => toastProblem(text(error)));
  return {
    close: (how: 'close' | 'lock', why: string) => told(api.post<Topic>(`${path}/${how}`, { ...(why && { why }) })),
    reopen: () => attempt(api.post<Topic>(`${path}/reopen`, {})),
    pin: (until: string, why: string) => told(api.put<Topic>(`${path}/pin`, { until, ...(why && { why }) })),
    unpin: () => attempt(api.delete<Topic>(`${path}/pin`)),
    slow: (body: SlowTopic) => told(api.put<Topic>(`${path}/slow`, body)),
    hasten: () => attempt(api.delete<Topic>(`${path}/slow`)),
    move: (body: WithDefaults<MovePosts>) => told(api.post<Topic>(`${path}/move`, body)),
    merge: (intoTopicId: string, why: string) =>
      told(api.post<Topic>(`${path}/merge`, { intoTopicId, ...(why && { why }) })),
    duplicate: (ofTopicId: string) => told(api.post<Topic>(`${path}/duplicate`, { ofTopicId })),
  };
}
