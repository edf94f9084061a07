import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { FileAnswer } from '../../../../src/contracts/calls/answers';
import type { MyReviews, Review, ReviewSummary, WrittenReview } from '../../../../src/contracts/selection/reviews';
import type { Kept } from '../../api/autosave/draft';
import * as autosave from '../../api/autosave/saver';
import { useSaver } from '../../api/autosave/useSaver';
import { ofPerson } from '../../api/drafts';
import { fileOfApi } from '../../api/files/made-file';
import { api } from '../../api/http';
import { useMe } from '../../api/session';
import { saveAsFile } from '../../ui/forms/save-file';
import { bodyOf, replyOf, reviewedOf, type Reviewed, takes } from './review';

const PATH = '/me/reviews';
const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`;
const mine = ['reviews', 'mine'] as const;

/** All that I am asked to read, by step. */
export function useMyReviews() {
  return useQuery({ queryKey: mine, queryFn: ({ signal }) => api.get<MyReviews>(PATH, { signal }) });
}

/** Takes what became of a file into the list of all. */
export function keepSummary(client: QueryClient, change: Pick<ReviewSummary, 'id'> & Partial<ReviewSummary>): void {
  client.setQueryData<MyReviews>(
    mine,
    (before) =>
      before && {
        ...before,
        steps: before.steps.map((step) => ({
          ...step,
          items: step.items.map((one) => (one.id === change.id ? { ...one, ...change } : one)),
        })),
      },
  );
}

/** The order of the files, and whose they are, may be another by now. */
export const askMineAgain = (client: QueryClient) => client.invalidateQueries({ queryKey: mine });

/** A review while it is written. */
export type Shown = autosave.Shown<Reviewed>;

interface Ports extends autosave.Ports<Reviewed> {
  say: (act: 'skip' | 'abstain' | 'conflict', body: { reason: string; isLater?: boolean }) => Promise<Reviewed>;
}

/** Saves a review as it is written. */
export class ReviewSaver extends autosave.Saver<Reviewed, Ports> {
  constructor(server: Reviewed, kept: Kept, ports: Ports) {
    super(server, takes, kept, ports);
  }

  /** Puts the file off, or takes that back. */
  async skip(isLater: boolean): Promise<void> {
    await this.flush();
    await this.act(() => this.ports.say('skip', { isLater, reason: '' }));
  }

  async abstain(reason: string): Promise<void> {
    await this.flush();
    await this.act(() => this.ports.say('abstain', { reason }));
  }

  /** Nothing more is sent of a file in which one has an interest. */
  async conflict(reason: string): Promise<void> {
    this.rest();
    await this.act(() => this.ports.say('conflict', { reason }));
    this.put({ ...this.draft, typed: {}, theirs: {}, sent: {} });
  }
}

/** Opens a file that I am asked to read, and saves what I write of it as long as it is on the page. */
export function useReview(id: string) {
  const me = useMe();
  const path = pathOf(id);
  const load = async () => reviewedOf(await api.get<Review>(path));
  return useSaver(id, async () => {
    const server = await load();
    return {
      name: `${ofPerson(me.id)}review:${id}`,
      begin: ({ kept, keep }) =>
        new ReviewSaver(server, kept, {
          save: async ({ revision, answers }) => replyOf(await api.put<WrittenReview>(path, bodyOf(revision, answers))),
          load,
          submit: async (revision) => reviewedOf(await api.post<Review>(`${path}/submit`, { revision })),
          say: async (act, body) => reviewedOf(await api.post<Review>(`${path}/${act}`, body)),
          keep,
        }),
    };
  });
}

/** Gives a juror a file of the application. */
export async function openFile(reviewId: string, { fileId, name, type }: FileAnswer): Promise<void> {
  const blob = await fileOfApi(`${pathOf(reviewId)}/files/${encodeURIComponent(fileId)}`);
  saveAsFile(name, type, blob);
}
