import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewSummary } from '../../../../src/contracts/selection/reviews';
import { answersOf } from '../../api/autosave/draft';
import { isProblem } from '../../api/problem';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toastProblem, toastUndo } from '../../ui/toast';
import { inputOf } from './inputs';
import { askMineAgain, keepSummary, type ReviewSaver } from './queries';
import { lacksOf, nextOf } from './review';

export interface ReviewActs {
  /** Hands the review in and goes on to the next file; what is missing, or has two texts, comes first. */
  handIn: () => void;
  /** Puts the file off and goes on. */
  skip: () => void;
  /** The file is not read by me: nothing but the reason is said. */
  give: (why: 'abstain' | 'conflict', reason: string) => Promise<void>;
  busy: boolean;
  problem: unknown;
  /** Somebody tried to hand it in: what is missing is said where it is. */
  wasTried: boolean;
}

/** Goes to the first thing in a field that takes the focus. */
export function goToField(field: string): void {
  const input = document.getElementById(inputOf(field));
  input?.scrollIntoView({ block: 'center' });
  input?.focus({ preventScroll: true });
}

/** What is done with a file, beside writing of it. */
export function useReviewActs(saver: ReviewSaver, items: readonly ReviewSummary[]): ReviewActs {
  const { t } = useTranslation('reviews');
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText('reviews');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [wasTried, setTried] = useState(false);
  const { id, number } = saver.shown.get().draft.server.review;

  const goOn = async () => {
    const next = nextOf(items, id);
    if (next) await navigate({ to: '/reviews/$reviewId', params: { reviewId: next.id } });
    else await navigate({ to: '/reviews' });
  };
  const keep = () => {
    const { state, isLater, submittedAt } = saver.shown.get().draft.server.review;
    keepSummary(client, { id, state, isLater, submittedAt });
    void askMineAgain(client);
  };
  const run = async (act: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      if (isProblem(error, 'incomplete')) setTried(true);
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  const handIn = () => {
    const { draft } = saver.shown.get();
    const [first] = [...Object.keys(draft.theirs), ...lacksOf(draft.server.review, answersOf(draft))];
    if (first !== undefined) {
      setTried(true);
      // Once what is missing is said there.
      setTimeout(() => goToField(first));
      return;
    }
    void run(async () => {
      await saver.submit();
      keep();
      await goOn();
    });
  };
  const skip = () =>
    void run(async () => {
      const isBack = saver.shown.get().draft.server.review.isLater;
      await saver.skip(!isBack);
      keep();
      if (isBack) return;
      toastUndo(t('skipped', { number }), () => {
        saver.skip(false).then(keep, (error: unknown) => toastProblem(text(error)));
      });
      await goOn();
    });
  const give = async (why: 'abstain' | 'conflict', reason: string) => {
    await saver[why](reason);
    keep();
  };
  return { handIn, skip, give, busy, problem, wasTried };
}
