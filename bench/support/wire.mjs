import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';

/**
 * A socket.io client that only counts: the packets that matter are told apart by their first bytes and not parsed, so that the load
 * generator is not what is measured (Engine.IO 4 and Socket.IO 5 protocols).
 */
export class Wire {
  received = 0;
  /** Told of each message that comes, as text. */
  onMessage = null;
  #acks = new Map();
  #lastAck = 0;
  #socket;

  constructor(url, auth) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    this.ready = new Promise((resolve, reject) => {
      this.#socket.on('error', reject);
      this.#socket.on('close', () => reject(new Error('closed')));
      this.#socket.on('message', (data) => this.#take(data.toString('latin1'), auth, resolve, reject));
    });
  }

  /** Sends a message to a channel; resolves with whether it was taken. */
  async send(channelId, body) {
    return (await this.ask('channel:send', { channelId, clientId: randomUUID(), body })) !== null;
  }

  /** Resolves with the ack as text, null for a refusal. */
  ask(event, payload) {
    const id = (this.#lastAck += 1);
    return new Promise((resolve) => {
      this.#acks.set(id, resolve);
      this.#socket.send(`42${id}${JSON.stringify([event, payload])}`);
    });
  }

  close() {
    this.#socket.removeAllListeners('close').close();
  }

  #take(text, auth, resolve, reject) {
    if (text.startsWith('42["message.created"')) {
      this.received += 1;
      this.onMessage?.(text);
    } else if (text.startsWith('43')) {
      const [, id, rest] = /^43(\d+)(.*)/s.exec(text);
      this.#acks.get(Number(id))?.(rest.startsWith('[{"ok":true') ? rest : null);
      this.#acks.delete(Number(id));
    } else if (text === '2') this.#socket.send('3');
    else if (text.startsWith('0')) this.#socket.send(`40${JSON.stringify(auth)}`);
    else if (text.startsWith('40')) resolve();
    else if (text.startsWith('44')) reject(new Error(text));
  }
}
