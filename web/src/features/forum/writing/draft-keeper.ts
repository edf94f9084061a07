import type { ForumDraft, MyForumDraft, SaveDraft } from '../../../../../src/contracts/forum-drafts';
import type { Attachment } from '../../../../../src/contracts/files';
import { api } from '../../../api/http';
import { Problem, isProblem } from '../../../api/problem';
import { createStore } from '../../../api/store';
import { doneAt, leave, offer, takeDone, type UploadPlace } from '../../../ui/files/uploads';
import {
  type DraftState,
  type Words,
  arrived,
  isSame,
  isUntouched,
  saved,
  settled,
  toText,
  typed,
} from './draft-state';
import { asAttach } from './writing';

/** What was typed is kept on the server so soon after. */
const SAVE_MS = 1500;
/** Where that failed, it is tried again. */
const AGAIN_MS = 10_000;

/** What stands of it in this browser. */
interface Local {
  set: (text: string) => void;
  isTried: () => boolean;
}

interface Kept {
  key: string;
  place: UploadPlace;
  /** What stands where nothing was begun, and which files. */
  empty: Words;
  files: readonly Attachment[];
  local: Local;
}

interface Shown {
  state: DraftState;
  /** When it was last kept on the server. */
  keptAt: string | null;
  problem: Problem | null;
}

/** What the server had when it was asked, and after how many saves of ours. */
export interface Asked {
  draft: ForumDraft | null;
  asked: number;
}

const marksOf = (files: readonly Attachment[]) => JSON.stringify(asAttach(files));

/** Keeps what is typed: in this browser at each key, on the server a moment later, one save at a time. */
export class DraftKeeper {
  readonly shown;
  private onTaken: ((words: Words) => void) | null = null;
  /** The files that the server knows of; unknown until it was asked. */
  private keptMarks: string | null = null;
  private saves = 0;
  private saving: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isLoaded = false;
  private isPosting = false;
  private isOpen = false;

  constructor(
    private readonly kept: Kept,
    begun: DraftState,
  ) {
    this.shown = createStore<Shown>({ state: begun, keptAt: null, problem: null });
  }

  /** From now on it is on a page; returns how it leaves that, with a last save. */
  open(): () => void {
    this.isOpen = true;
    const hidden = () => {
      if (document.visibilityState === 'hidden') void this.save();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      void this.save();
      // What stands at this key in the browser is another's from then on.
      this.isOpen = false;
    };
  }

  /** Tells words that came from elsewhere; returns how to stop. */
  hear(taken: (words: Words) => void): () => void {
    this.onTaken = taken;
    return () => {
      this.onTaken = null;
    };
  }

  async ask(signal: AbortSignal): Promise<Asked> {
    const asked = this.saves;
    const { draft } = await api.get<MyForumDraft>(`/me/drafts/${this.kept.key}`, { signal });
    return { draft, asked };
  }

  answered({ draft, asked }: Asked): void {
    this.isLoaded = true;
    // What was kept since it was asked is newer than the answer.
    if (this.saving || asked !== this.saves) return;
    this.take(draft);
    this.schedule();
  }

  /** Nothing was begun when the page was opened; later, events say so. */
  isNone(): void {
    if (!this.isLoaded) this.answered({ draft: null, asked: this.saves });
  }

  /** Whether something was written, posted or thrown away elsewhere that is not known here. */
  isNews({ key, revision }: { key: string; revision: number | null }): boolean {
    const isOwn = revision !== null && revision <= this.state.revision;
    return key === this.kept.key && !this.saving && !this.isPosting && !isOwn;
  }

  set(words: Words): void {
    // A form says so too where it took what came from elsewhere.
    if (isUntouched(words, this.state.words)) return;
    this.show({ problem: null });
    this.put(typed(this.state, words));
    this.schedule();
  }

  append(more: string): void {
    const before = this.state.words.body.trimEnd();
    this.set({ ...this.state.words, body: before ? `${before}\n\n${more}` : more });
  }

  filesChanged(): void {
    if (this.keptMarks === null || this.keptMarks === this.marks || this.isPosting) return;
    this.put(typed(this.state, { ...this.state.words }));
    this.schedule();
  }

  settle(how: 'mine' | 'theirs' | 'both'): void {
    const attachments = this.state.other?.attachments ?? this.kept.files;
    this.put(settled(this.state, how, this.kept.empty));
    if (how === 'theirs') this.takeFiles(attachments);
    if (how !== 'mine') this.onTaken?.(this.state.words);
    this.schedule();
  }

  /** Posts it: nothing is kept meanwhile, and once it is posted nothing is left of it but what was typed since. */
  async post<T>(how: (draft: { draft?: number }) => Promise<T>): Promise<T> {
    await this.saving;
    this.isPosting = true;
    try {
      const { revision, words: sent } = this.state;
      const posted = await how(revision > 0 ? { draft: revision } : {});
      this.keptMarks = marksOf([]);
      takeDone(this.kept.place.name);
      const { words } = this.state;
      const isMore = !isSame(words, sent);
      this.put({ words: isMore ? words : this.kept.empty, revision: 0, isDirty: isMore });
      this.show({ keptAt: null });
      return posted;
    } finally {
      this.isPosting = false;
      this.schedule();
    }
  }

  /** Throws it away, here and on the server; what was written on in it elsewhere stays there. Throws where the server cannot be asked: nothing is thrown away then. */
  async drop(): Promise<void> {
    await this.saving;
    this.isPosting = true;
    const { revision } = this.state;
    try {
      if (revision > 0) await api.delete(`/me/drafts/${this.kept.key}`, undefined, { query: { revision } });
    } catch (error) {
      if (!(error instanceof Problem) || error.temporary) {
        this.isPosting = false;
        throw error;
      }
    }
    leave(this.kept.place);
    this.put({ words: this.kept.empty, revision: 0, isDirty: false });
  }

  private get state(): DraftState {
    return this.shown.get().state;
  }

  private get marks(): string {
    return marksOf(doneAt(this.kept.place));
  }

  private show(change: Partial<Shown>): void {
    this.shown.set({ ...this.shown.get(), ...change });
  }

  private put(state: DraftState): void {
    if (!this.isOpen) return;
    this.show({ state });
    const isNothing = isSame(state.words, this.kept.empty) && state.revision === 0;
    this.kept.local.set(isNothing ? '' : toText(state));
  }

  private take(draft: ForumDraft | null): void {
    const [before, isFirst, { local, empty }] = [this.state.words, this.keptMarks === null, this.kept];
    this.put(arrived(this.state, draft, { empty, isTried: local.isTried() }));
    this.show({ keptAt: draft?.changedAt ?? null });
    const { words, isDirty, other } = this.state;
    if (other !== undefined) return;
    const attachments = draft?.attachments ?? this.kept.files;
    if (isFirst) this.keptMarks = marksOf(attachments);
    if (isDirty) return;
    // Files that were added before the answer came are kept with it.
    if (draft === null && isFirst) this.filesChanged();
    else this.takeFiles(attachments);
    if (words !== before) this.onTaken?.(words);
  }

  private takeFiles(attachments: readonly Attachment[]): void {
    this.keptMarks = marksOf(attachments);
    offer(this.kept.place, attachments);
  }

  private schedule(): void {
    if (!this.state.isDirty || this.shown.get().problem !== null || !this.isOpen) return;
    this.timer ??= setTimeout(() => void this.save(), SAVE_MS);
  }

  private save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { isDirty, other } = this.state;
    if (this.saving) return this.saving;
    if (!isDirty || other !== undefined || this.isPosting || !this.isLoaded) return Promise.resolve();
    this.saving = this.attempt().finally(() => {
      this.saves += 1;
      this.saving = null;
      this.schedule();
    });
    return this.saving;
  }

  private async attempt(): Promise<void> {
    const [sent, marks] = [this.state, this.marks];
    try {
      const revision = await this.send(sent);
      this.keptMarks = marks;
      this.put(saved(this.state, sent.words, revision));
      this.show({ problem: null });
    } catch (error) {
      if (isProblem(error, 'stale')) this.take(error.extras['now'] as ForumDraft | null);
      else if (!(error instanceof Problem)) throw error;
      else if (!error.temporary) this.show({ problem: error });
      else if (this.isOpen) this.timer = setTimeout(() => void this.save(), AGAIN_MS);
    }
  }

  private async send({ words, revision }: DraftState): Promise<number> {
    const { key, empty, place, files } = this.kept;
    const path = `/me/drafts/${key}`;
    const attachments = asAttach(doneAt(place));
    if (isSame(words, empty) && JSON.stringify(attachments) === marksOf(files)) {
      if (revision > 0) await api.delete(path, undefined, { query: { revision } });
      this.show({ keptAt: null });
      return 0;
    }
    const draft = await api.put<ForumDraft>(path, { ...words, revision, attachments } satisfies SaveDraft);
    this.show({ keptAt: draft.changedAt });
    return draft.revision;
  }
}
