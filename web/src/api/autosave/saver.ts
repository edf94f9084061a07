import { Problem, isMissing } from '../problem';
import { type Store, createStore } from '../store';
import * as autosave from './draft';
import type { Draft, Kept, Reply, Takes, Typed, Written } from './draft';

/** So long after the last key it is sent, and this long after the first at most. */
const PAUSE_MS = 800;
const LONGEST_MS = 5_000;
/** After a try in vain, and up to how long. */
const AGAIN_MS = 2_000;
const LONGEST_AGAIN_MS = 30_000;

/** `waiting`: typed and not sent yet; `failing`: it could not be saved, and is tried again by itself; `stopped`: nothing can be saved any more. */
export type Saving = 'saved' | 'waiting' | 'saving' | 'failing' | 'stopped';

export interface Shown<W extends Written = Written> {
  draft: Draft<W>;
  saving: Saving;
  /** When this page saved last, in milliseconds; null before it did. */
  savedAt: number | null;
  /** It is not there any more, or the link leads to it no more. */
  isGone: boolean;
}

/** What the saver needs of the world around it. */
export interface Ports<W extends Written> {
  save: (body: { revision: number; answers: Record<string, Typed> }) => Promise<Reply<W>>;
  load: () => Promise<W>;
  submit: (revision: number) => Promise<W>;
  keep: (kept: Kept) => void;
}

/** What may pass by itself: no answer, too many requests, a server in trouble. */
const mayPass = (error: unknown) => !(error instanceof Problem) || error.temporary || error.status === 401;

/** Saves something as it is typed: one request at a time, what was typed meanwhile with the next, and what could not be sent again and again. */
export class Saver<W extends Written, P extends Ports<W> = Ports<W>> {
  readonly shown: Store<Shown<W>>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since: number | null = null;
  private tries = 0;
  private running: Promise<void> | null = null;
  private isOver = false;

  constructor(
    server: W,
    takes: Takes<W>,
    kept: Kept,
    readonly ports: P,
  ) {
    const draft = autosave.begun(server, takes, kept);
    this.shown = createStore<Shown<W>>({ draft, saving: 'saved', savedAt: null, isGone: false });
    this.put(draft);
    if (server.abilities.edit) this.plan(0);
    else if (autosave.isUnsaved(draft)) this.say({ saving: 'stopped' });
  }

  protected get draft(): Draft<W> {
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
    while (this.draft.server.abilities.edit && autosave.toSend(this.draft)) await this.send();
  }

  /** The network is back, or the page was come back to: tries at once, and sees what others did. */
  async look(afresh = false): Promise<void> {
    if (this.isOver) return;
    const { edit } = this.draft.server.abilities;
    if (edit && autosave.toSend(this.draft)) await this.flush().catch(() => undefined);
    else if (!this.running || afresh) {
      await this.running?.catch(() => undefined);
      await this.load().catch(() => undefined);
    }
  }

  /** Hands in what is on the page, once all of it is saved. */
  async submit(): Promise<void> {
    await this.flush();
    await this.act(() => this.ports.submit(this.draft.server.revision));
  }

  /** The page is left: what is unsaved goes, and what does not come there is kept in this browser. */
  end(): void {
    void this.flush().catch(() => undefined);
    this.isOver = true;
    clearTimeout(this.timer);
  }

  /** Nothing is sent by itself any more, until something is typed. */
  protected rest(): void {
    clearTimeout(this.timer);
  }

  /** Does what changes it otherwise than by typing. */
  protected async act(ask: () => Promise<W>): Promise<void> {
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
      const reply = await this.ports.save({ revision: this.draft.server.revision, answers });
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
      // Closed, withdrawn, or with other questions: it says itself what goes from here.
      await this.load().catch(() => undefined);
      if (!this.draft.server.abilities.edit) return;
    } else this.put(autosave.unanswered(this.draft));
    if (this.shown.get().isGone || !autosave.isUnsaved(this.draft)) return;
    this.tries += 1;
    this.say({ saving: 'failing' });
    const asked = error instanceof Problem ? (Number(error.extras.retryAfter) || 0) * 1_000 : 0;
    this.planIn(Math.max(asked, Math.min(AGAIN_MS * 2 ** (this.tries - 1), LONGEST_AGAIN_MS)));
  }

  /** After an answer: is there more to send, or can nothing be sent any more? */
  private settle(): void {
    if (autosave.isUnsaved(this.draft) && !this.draft.server.abilities.edit) this.say({ saving: 'stopped' });
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

  protected put(draft: Draft<W>): void {
    this.shown.set({ ...this.shown.get(), draft });
    this.ports.keep(autosave.keptOf(draft));
  }

  private say(what: Partial<Shown<W>>): void {
    this.shown.set({ ...this.shown.get(), ...what });
  }
}
