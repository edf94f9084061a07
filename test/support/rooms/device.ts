import { randomUUID } from 'node:crypto';
import { type Socket, io } from 'socket.io-client';
import type { ChannelSummary, Message, Messages, SyncReply } from '../../../src/contracts/chat/chat.js';
import { type ChannelState, apply, applySync, hasGap, opened, shown } from '../../../web/src/features/chat/store.js';
import { clientOf } from '../client.js';
import type { TestPerson } from '../factories.js';
import { pace } from '../patience.js';

const ACK_MS = 3_000;
const AGAIN_MS = 100;
const GAP_PATIENCE_MS = 100;
const SYNC_EVERY_MS = 2_000;

/**
 * A browser with some channels open: what it holds is kept by the very functions of the web app, its line comes back by itself, to
 * whichever of `urls` answers. Sends again what has no ack.
 */
export class Device {
  readonly states = new Map<string, ChannelState>();
  private socket: Socket | undefined;
  /** Also one that is only on its way. */
  private latest: Socket | undefined;
  private isOver = false;
  private at: number;
  private readonly beat: NodeJS.Timeout;
  private patience: NodeJS.Timeout | undefined;
  private syncing: Promise<void> | undefined;

  constructor(
    private readonly person: TestPerson,
    private readonly urls: readonly string[],
    first = 0,
  ) {
    this.at = first;
    this.beat = setInterval(() => void this.sync(), SYNC_EVERY_MS);
    void this.stayConnected();
  }

  /** Opens a channel at its end. */
  async open(channelId: string): Promise<void> {
    this.states.set(channelId, opened(await this.get<Messages>(`/api/channels/${channelId}/messages?limit=50`)));
    await this.sync();
  }

  /** The top-level messages on screen. */
  shown = (channelId: string): Message[] => shown(this.states.get(channelId)!);

  /** My list of channels, from whichever process answers. */
  async channel(channelId: string): Promise<ChannelSummary> {
    const { items } = await this.get<{ items: ChannelSummary[] }>('/api/channels');
    return items.find((one) => one.id === channelId)!;
  }

  /** Everything in a channel, as the server has it. */
  async fetchAll(channelId: string): Promise<Message[]> {
    const all: Message[] = [];
    for (let page: Messages | undefined; page?.hasAfter ?? true;) {
      const after = all.at(-1)?.seq ?? 0;
      page = await this.get<Messages>(`/api/channels/${channelId}/messages?limit=200&after=${after}`);
      all.push(...page.items);
    }
    return all;
  }

  /** Sends until there is an ack. A refusal that is no matter of the moment throws. */
  async send(channelId: string, body: string): Promise<Message> {
    const clientId = randomUUID();
    for (;;) {
      const ack = await this.ask('channel:send', { channelId, clientId, body });
      if (ack?.ok) return ack.data.message as Message;
      if (ack && !PASSING.has(ack.error.code)) throw new Error(`refused: ${ack.error.code}`);
      await pace(ack?.error.retryAfterMs ?? AGAIN_MS);
    }
  }

  /** The line goes, as when a cable is pulled; it comes back by itself after so long. */
  async cut(forMs: number): Promise<void> {
    const socket = this.socket;
    this.socket = undefined;
    socket?.io.engine.close();
    socket?.disconnect();
    await pace(forMs);
  }

  close(): void {
    this.isOver = true;
    clearInterval(this.beat);
    clearTimeout(this.patience);
    this.latest?.disconnect();
  }

  private async stayConnected(): Promise<void> {
    while (!this.isOver) {
      const url = this.urls[this.at % this.urls.length]!;
      const ended = await this.line(url);
      if (!ended) this.at += 1;
      await pace(AGAIN_MS);
    }
  }

  /** One connection, until it ends. False when there was none. */
  private line(url: string): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = io(url, {
        ...{ auth: { token: this.person.token }, transports: ['websocket'], reconnection: false, forceNew: true },
        timeout: ACK_MS,
      });
      this.latest = socket;
      socket.once('connect', () => {
        this.socket = socket;
        void this.sync();
      });
      socket.once('connect_error', () => {
        socket.disconnect();
        resolve(false);
      });
      socket.once('disconnect', () => {
        if (this.socket === socket) this.socket = undefined;
        resolve(true);
      });
      for (const event of ['message.created', 'message.updated', 'message.deleted'])
        socket.on(event, (message: Message) => this.hear(message));
    });
  }

  private hear(message: Message): void {
    const state = this.states.get(message.channelId);
    if (!state) return;
    const next = apply(state, message);
    this.states.set(message.channelId, next);
    if (!hasGap(next)) return;
    clearTimeout(this.patience);
    // oxlint-disable-next-line house/waits -- A client asks again a moment after a gap, as the web app does.
    this.patience = setTimeout(() => void this.sync(), GAP_PATIENCE_MS);
  }

  private sync(): Promise<void> {
    this.syncing ??= this.syncAll().finally(() => (this.syncing = undefined));
    return this.syncing;
  }

  private async syncAll(): Promise<void> {
    let asked = Object.fromEntries([...this.states].map(([id, state]) => [id, state.rev]));
    while (Object.keys(asked).length > 0) {
      const ack = await this.ask('sync', { channels: asked });
      if (!ack?.ok) return;
      const reply = ack.data as SyncReply;
      asked = {};
      for (const [id, changes] of Object.entries(reply.channels)) {
        this.states.set(id, applySync(this.states.get(id)!, changes));
        if (changes.more) asked[id] = changes.rev;
      }
    }
  }

  /** The ack, or null when none came. */
  private async ask(event: string, payload: unknown): Promise<any> {
    const socket = this.socket;
    if (!socket?.connected) return null;
    let gone: () => void = () => undefined;
    const lost = new Promise<null>((resolve) => socket.once('disconnect', (gone = () => resolve(null))));
    try {
      return await Promise.race([socket.timeout(ACK_MS).emitWithAck(event, payload), lost]);
    } catch {
      return null;
    } finally {
      socket.off('disconnect', gone);
    }
  }

  private async get<T>(path: string): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const url = this.urls[(this.at + tries) % this.urls.length]!;
      const answer = await clientOf(url, this.person.token)
        .get(path)
        .catch(() => null);
      if (answer?.status === 200) return answer.body as T;
      if (tries > 200) throw new Error(`${path} is answered with ${answer?.status ?? 'nothing'}`);
      await pace(AGAIN_MS);
    }
  }
}

/** What is refused for the moment: a part of the house is down, or too much comes at once. */
const PASSING = new Set(['unavailable', 'overloaded', 'too_many_requests']);
