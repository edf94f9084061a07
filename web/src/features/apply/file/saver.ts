import type { Application, SaveAnswers, SavedAnswers } from '../../../../../src/contracts/calls/applications';
import type {
  ApplicationMessages,
  WriteApplicationMessage,
} from '../../../../../src/contracts/calls/application-messages';
import type { FileAnswer } from '../../../../../src/contracts/calls/answers';
import type { Watching } from '../../../api/files/upload';
import { Problem, isMissing } from '../../../api/problem';
import { type Store, createStore } from '../../../api/store';
import * as autosave from './autosave';
import type { Draft, Kept, Typed } from './autosave';

/** So long after the last key it is sent, and this long after the first at most. */
const PAUSE_MS = 800;
const LONGEST_MS = 5_000;
/** After a try in vain, and up to how long. */
const AGAIN_MS = 2_000;
const LONGEST_AGAIN_MS = 30_000;

/** `waiting`: typed and not sent yet; `failing`: it could not be saved, and is tried again by itself; `stopped`: nothing can be saved any more. */
export type Saving = 'saved' | 'waiting' | 'saving' | 'failing' | 'stopped';

export interface Shown {
  draft: Draft;
  saving: Saving;
  /** When this page saved last, in milliseconds; null before it did. */
  savedAt: number | null;
  /** The file is not there any more, or the link leads to it no more. */
  isGone: boolean;
}

/** What the saver needs of the world around it. */
export interface Ports {
  save: (body: SaveAnswers) => Promise<SavedAnswers>;
  load: () => Promise<Application>;
  submit: (revision: number) => Promise<Application>;
  withdraw: () => Promise<Application>;
  upload: (field: string, file: File, watching: Watching) => Promise<unknown>;
  download: (answer: FileAnswer) => Promise<void>;
  messages: () => Promise<ApplicationMessages>;
  write: (body: WriteApplicationMessage) => Promise<ApplicationMessages>;
  keep: (kept: Kept) => void;
}

/** What may pass by itself: no answer, too many requests, a server in trouble. */
const mayPass = (error: unknown) => !(error instanceof Problem) || error.temporary || error.status === 401;

/** Saves a file as it is typed: one request at a time, what was typed meanwhile with the next, and what could not be sent again and again. */
export class Saver {
  readonly shown: Store<Shown>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since: number | null = null;
  private tries = 0;
  private running: Promise<void> | null = null;
  private isOver = false;
  private readonly adding = new Set<Promise<unknown>>();

  constructor(
    application: Application,
    kept: Kept,
    readonly ports: Ports,
  ) {
    const draft = autosave.begun(application, kept);
    this.shown = createStore<Shown>({ draft, saving: 'saved', savedAt: null, isGone: false });
    this.put(draft);
    if (application.abilities.edit) this.plan(0);
    else if (autosave.isUnsaved(draft)) this.say({ saving: 'stopped' });
  }

  private get draft(): Draft {
    return this.shown.get().draft;
  }

  type(key: string, value: Typed): void {
    this.put(autosave.typedIn(this.draft, key, value));
    this.plan(PAUSE_MS);
  }

  choose(key: string, whose: 'mine' | 'theirs'): void {
    this.put(autosave.chosen(this.draft, key, whose));
    this.plan(0);
  }

  /** Sends what is unsaved now, and what is typed meanwhile; throws where it cannot. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    await this.running?.catch(() => undefined);
    while (this.draft.application.abilities.edit && autosave.toSend(this.draft)) await this.send();
  }

  /** The network is back, or the page was come back to: tries at once, and sees what others did. */
  async look(afresh = false): Promise<void> {
    if (this.isOver) return;
    const { edit } = this.draft.application.abilities;
    if (edit && autosave.toSend(this.draft)) await this.flush().catch(() => undefined);
    else if (!this.running || afresh) {
      await this.running?.catch(() => undefined);
      await this.load().catch(() => undefined);
    }
  }

  /** Sends a file as the answer to a field, once what was typed there before is saved. */
  async addFile(key: string, file: File, watching: Watching): Promise<void> {
    const sending = this.flush().then(() => this.ports.upload(key, file, watching));
    this.adding.add(sending);
    await sending.finally(() => this.adding.delete(sending));
    await this.look(true);
  }

  /** Gives who applies a file of theirs. */
  async openFile(answer: FileAnswer): Promise<void> {
    await this.ports.download(answer);
  }

  /** Hands in what is on the page, once all of it is saved. */
  async submit(): Promise<void> {
    // A file that is on its way is a part of it; of one that does not come, its field says so.
    if ((await Promise.allSettled(this.adding)).length > 0) await this.look(true);
    await this.flush();
    await this.act(() => this.ports.submit(this.draft.application.revision));
  }

  async withdraw(): Promise<void> {
    clearTimeout(this.timer);
    await this.act(() => this.ports.withdraw());
    this.put({ ...this.draft, typed: {}, theirs: {}, sent: {} });
  }

  /** The page is left: what is unsaved goes, and what does not come there is kept in this browser. */
  end(): void {
    void this.flush().catch(() => undefined);
    this.isOver = true;
    clearTimeout(this.timer);
  }

  private async act(ask: () => Promise<Application>): Promise<void> {
    try {
      this.put(autosave.loaded(this.draft, await ask()));
    } catch (error) {
      // What is on the server is another than what is on the page: it is shown, and why it was refused is said.
      if (!mayPass(error)) await this.load().catch(() => undefined);
      throw error;
    }
  }

  private async load(): Promise<void> {
    try {
      this.put(autosave.loaded(this.draft, await this.ports.load()));
      this.settle();
    } catch (error) {
      if (isMissing(error)) this.say({ isGone: true, saving: 'stopped' });
      throw error;
    }
  }

  private send(): Promise<void> {
    this.running ??= this.sendOnce().finally(() => (this.running = null));
    return this.running;
  }

  private async sendOnce(): Promise<void> {
    clearTimeout(this.timer);
    const answers = autosave.toSend(this.draft);
    if (!answers) return;
    this.since = null;
    this.put(autosave.sendingNow(this.draft, answers));
    this.say({ saving: this.tries > 0 ? 'failing' : 'saving' });
    try {
      const reply = await this.ports.save({ revision: this.draft.application.revision, answers });
      this.tries = 0;
      this.put(autosave.saved(this.draft, reply));
      this.say({ savedAt: Date.now() });
      this.settle();
    } catch (error) {
      await this.failed(error);
      throw error;
    }
  }

  private async failed(error: unknown): Promise<void> {
    if (!mayPass(error)) {
      this.put(autosave.refused(this.draft));
      // Closed, withdrawn, or a form with other questions: the file says what goes from here.
      await this.load().catch(() => undefined);
      if (!this.draft.application.abilities.edit) return;
    } else this.put(autosave.unanswered(this.draft));
    if (this.shown.get().isGone || !autosave.isUnsaved(this.draft)) return;
    this.tries += 1;
    this.say({ saving: 'failing' });
    const asked = error instanceof Problem ? (Number(error.extras.retryAfter) || 0) * 1_000 : 0;
    this.planIn(Math.max(asked, Math.min(AGAIN_MS * 2 ** (this.tries - 1), LONGEST_AGAIN_MS)));
  }

  /** After an answer: is there more to send, or can nothing be sent any more? */
  private settle(): void {
    if (autosave.isUnsaved(this.draft) && !this.draft.application.abilities.edit) this.say({ saving: 'stopped' });
    else this.plan(PAUSE_MS);
  }

  private plan(wait: number): void {
    if (!autosave.toSend(this.draft)) {
      if (!this.running || !this.draft.sending) this.say({ saving: 'saved' });
      return;
    }
    // What is tried again takes along what is typed meanwhile.
    if (this.tries > 0 && wait > 0) return;
    this.say({ saving: 'waiting' });
    this.since ??= Date.now();
    this.planIn(Math.max(0, Math.min(wait, this.since + LONGEST_MS - Date.now())));
  }

  private planIn(wait: number): void {
    clearTimeout(this.timer);
    if (this.isOver) return;
    this.timer = setTimeout(() => void this.send().catch(() => undefined), wait);
  }

  private put(draft: Draft): void {
    this.shown.set({ ...this.shown.get(), draft });
    this.ports.keep(autosave.keptOf(draft));
  }

  private say(what: Partial<Shown>): void {
    this.shown.set({ ...this.shown.get(), ...what });
  }
}
