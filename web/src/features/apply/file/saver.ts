import { type FileAnswer, mayBeKept } from '../../../../../src/contracts/calls/answers';
import type {
  ApplicationMessages,
  WriteApplicationMessage,
} from '../../../../../src/contracts/calls/application-messages';
import type { Application } from '../../../../../src/contracts/calls/applications';
import type { ChooseTime, OwnInvitation } from '../../../../../src/contracts/selection/interviews';
import type { AskProject, OwnProjectQuestions } from '../../../../../src/contracts/selection/questions';
import type { SaveWishes, Wishes } from '../../../../../src/contracts/selection/wishes';
import type { Kept, Takes } from '../../../api/autosave/draft';
import * as autosave from '../../../api/autosave/saver';
import type { Watching } from '../../../api/files/upload';

/** A file while it is filled in. */
export type Shown = autosave.Shown<Application>;
export type Draft = Shown['draft'];

/** What the saver of a file needs of the world around it. */
export interface Ports extends autosave.Ports<Application> {
  withdraw: () => Promise<Application>;
  answerPlace: (takes: boolean) => Promise<Application>;
  upload: (field: string, file: File, watching: Watching) => Promise<unknown>;
  download: (answer: FileAnswer) => Promise<void>;
  messages: () => Promise<ApplicationMessages>;
  write: (body: WriteApplicationMessage) => Promise<ApplicationMessages>;
  wishes: () => Promise<Wishes>;
  wish: (body: SaveWishes) => Promise<Wishes>;
  questions: () => Promise<OwnProjectQuestions>;
  ask: (body: AskProject) => Promise<OwnProjectQuestions>;
  interview: () => Promise<OwnInvitation>;
  chooseTime: (body: ChooseTime) => Promise<OwnInvitation>;
  giveTimeBack: () => Promise<OwnInvitation>;
}

/** A field of the form, and what it can hold though it is not whole yet. */
const takes: Takes<Application> = ({ form }, key, value) => {
  const field = form.fields.find((one) => one.key === key);
  return field !== undefined && (value === null || mayBeKept(field, value));
};

/** Saves a file as it is typed, and its files as they are added. */
export class Saver extends autosave.Saver<Application, Ports> {
  private readonly adding = new Set<Promise<unknown>>();

  constructor(application: Application, kept: Kept, ports: Ports) {
    super(application, takes, kept, ports);
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

  override async submit(): Promise<void> {
    // A file that is on its way is a part of it; of one that does not come, its field says so.
    if ((await Promise.allSettled(this.adding)).length > 0) await this.look(true);
    await super.submit();
  }

  /** Takes the place that one is offered, or gives it back. */
  async answerPlace(isTaken: boolean): Promise<void> {
    await this.act(() => this.ports.answerPlace(isTaken));
  }

  async withdraw(): Promise<void> {
    this.rest();
    await this.act(() => this.ports.withdraw());
    this.put({ ...this.draft, typed: {}, theirs: {}, sent: {} });
  }
}
