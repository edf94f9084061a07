import type { DNSResolver } from 'mailauth';
import type { MessagePort } from 'node:worker_threads';

/** A question to the DNS from a thread, and what comes back. */
interface Question {
  id: number;
  name: string;
  type: string;
}
type Answer = { id: number; records: string[][] | string[] } | { id: number; code: string };

/** So many questions may one mail cause. */
const MAX_QUESTIONS = 40;
const NOTHING = new Set(['ENOTFOUND', 'ENODATA']);

/** On the loop: answers what a thread asks through the port. */
export function answerThrough(port: MessagePort, resolve: (name: string, type: string) => Promise<unknown>): void {
  port.on('message', ({ id, name, type }: Question) => {
    resolve(name, type).then(
      (records) => port.postMessage({ id, records }),
      (error: unknown) => port.postMessage({ id, code: (error as { code?: string }).code ?? 'EUNKNOWN' }),
    );
  });
}

/** On the thread: a resolver that asks through the port. `hadTrouble`: something was not answered, which may pass. */
export function askedThrough(port: MessagePort) {
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  let trouble = false;
  port.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const resolver: DNSResolver = async (name, type) => {
    const id = (asked += 1);
    if (id > MAX_QUESTIONS) throw coded('ENODATA');
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      port.postMessage({ id, name, type } satisfies Question);
    });
    if ('records' in answer) return answer.records;
    trouble ||= !NOTHING.has(answer.code);
    throw coded(answer.code);
  };
  return { resolver, hadTrouble: () => trouble, close: () => port.close() };
}

const coded = (code: string) => Object.assign(new Error(`DNS: ${code}`), { code });
