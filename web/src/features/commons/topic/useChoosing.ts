import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ChooseCommonsAnswer, CommonsPost, CommonsTopic } from '../../../../../src/contracts/commons/commons';
import { api } from '../../../api/http';
import { useFocusAfter } from '../../../ui/page/posts/useFocusAfter';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../../ui/toast';
import { askCommonsAgain } from '../commons';

/** Says which reply is the answer of a topic, for who may. `drawn`: its posts on screen. */
export function useChoosing({ id, abilities, answer }: CommonsTopic, drawn: unknown) {
  const { t } = useTranslation('commons');
  const client = useQueryClient();
  const text = useProblemText('commons');
  const keepFocus = useFocusAfter(answer?.id, drawn);
  const path = `/commons/topics/${id}/answer`;
  const done = async (act: () => Promise<unknown>, said: string) => {
    try {
      await act();
      toast(said);
    } catch (error) {
      toastProblem(text(error));
    }
    askCommonsAgain(client);
  };
  return {
    choose: (post: CommonsPost) => {
      const wanted: ChooseCommonsAnswer = { postId: post.id };
      keepFocus({ id: post.id, elementId: `post-${post.id}`, wasAnswer: false });
      void done(() => api.put(path, wanted), t('answer.done'));
    },
    withdraw:
      abilities.accept && answer
        ? () => {
            keepFocus({ id: answer.id, elementId: `post-${answer.id}`, wasAnswer: true });
            void done(() => api.delete(path), t('answer.withdrawn'));
          }
        : undefined,
  };
}
