/**
 * Clients that mean harm, a process of its own: each sends one kind of frame for a while and comes back ten times a second when its line
 * is cut. Told by `attack`; answers how many frames went out and how often a line was cut.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';

const BACK_AFTER_MS = 100;
const EVENTS_A_SECOND = 1_000;
const DEEP = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;

/** What each kind sends at a time, and how long it rests after it. */
const kinds = [
  { frames: () => ['42[["channel:send"],{}]'], restMs: BACK_AFTER_MS },
  {
    frames: (room) => [`42["channel:send",{"channelId":"${room}","body":"${'x'.repeat(2_000_000)}"}]`],
    restMs: BACK_AFTER_MS,
  },
  {
    frames: (room) => [`42["channel:send",{"channelId":"${room}","clientId":"deep-deep-deep","body":${DEEP}}]`],
    restMs: 20,
  },
  {
    frames: (room) => Array(EVENTS_A_SECOND / 50).fill(`42["channel:typing",{"channelId":"${room}"}]`),
    restMs: 20,
  },
];

async function attack({ url, rooms, ms }) {
  const until = performance.now() + ms;
  const done = await Promise.all(kinds.map((kind, index) => keepOn(kind, url, rooms[index % rooms.length], until)));
  return {
    frames: done.reduce((sum, { frames }) => sum + frames, 0),
    cuts: done.reduce((sum, { cuts }) => sum + cuts, 0),
  };
}

async function keepOn({ frames, restMs }, url, { channelId, auths }, until) {
  let [sent, cuts] = [0, 0];
  while (performance.now() < until) {
    const socket = await open(url, auths[0]);
    while (socket.readyState === WebSocket.OPEN && performance.now() < until) {
      for (const frame of frames(channelId)) {
        socket.send(frame, () => undefined);
        sent += 1;
      }
      await sleep(restMs);
    }
    if (socket.readyState !== WebSocket.OPEN) cuts += 1;
    socket.terminate();
    await sleep(BACK_AFTER_MS);
  }
  return { frames: sent, cuts };
}

/** A socket that has been let in (Engine.IO 4 and Socket.IO 5 protocols), or one that is closed. */
function open(url, auth) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  return new Promise((resolve) => {
    socket.on('error', () => resolve(socket));
    socket.on('close', () => resolve(socket));
    socket.on('message', (data) => {
      const text = data.toString('latin1', 0, 2);
      if (text === '2') socket.send('3');
      else if (text.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
      else if (text === '40') resolve(socket);
      // Not let in (for now): hang up, and knock again as fast as after a cut.
      else if (text === '44') socket.terminate();
    });
  });
}

process.on('message', async ({ url, rooms, ms }) => {
  try {
    process.send({ answer: await attack({ url, rooms, ms }) });
  } catch (error) {
    process.send({ error: error.message });
  }
});
process.on('disconnect', () => process.exit(0));
