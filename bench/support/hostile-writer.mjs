/** One member who means harm, a process of its own. Told by `send`: a request, again and again, as often as the limits of a person let through; answers how many were taken. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Texts that are dear to parse, of any length. */
const DEAR = ['*a_', '**a', '> > > > > a\nb\n\n', '- > a\n', 'a@b.fr ', '[a](b "', '`a', 'a  \n'];

const textOf = (turn, length) => {
  const once = DEAR[turn % DEAR.length];
  return once.repeat(Math.ceil(length / once.length)).slice(0, length);
};

async function send({ url, method, headers, body, field, length, perSecond, ms }) {
  const until = performance.now() + ms;
  const counts = {};
  for (let turn = 0; performance.now() < until; turn += 1) {
    const next = performance.now() + 1000 / perSecond;
    const sent = field && JSON.stringify({ ...body, ...unique(body, turn), [field]: textOf(turn, length) });
    const answer = await fetch(url, { method, headers, ...(sent && { body: sent }) });
    await answer.arrayBuffer();
    counts[answer.status] = (counts[answer.status] ?? 0) + 1;
    await sleep(Math.max(0, Math.min(next, until) - performance.now()));
  }
  return counts;
}

/** What must be another one each time. */
const unique = (body, turn) => (body.clientId ? { clientId: `${body.clientId}-${turn}-${Date.now()}` } : {});

process.on('message', ({ task, ...what }) => {
  if (task === 'send')
    send(what).then(
      (answer) => process.send({ answer }),
      (error) => process.send({ error: error.stack }),
    );
});
process.on('disconnect', () => process.exit());
