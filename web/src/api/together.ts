import { token } from './token';

interface Coming {
  part: Promise<unknown>;
  /** When it came, in ms; null while it is on its way. */
  cameAt: number | null;
}

/**
 * Answers on their way as parts of a larger one, by the address at which each is asked for alone. Whoever asks there takes its part and
 * knows nothing of the rest; nobody takes one twice.
 */
const coming = new Map<string, Coming>();

/** What nobody took by then nobody gets: it is too old. */
const KEPT_MS = 30_000;

/** Says which addresses (`/api/...`) a larger answer speaks for, and which part of it is each one's. */
export function comesWith<A>(answer: Promise<A>, parts: Record<string, (answer: A) => unknown>): void {
  for (const [url, partOf] of Object.entries(parts)) {
    const one: Coming = { part: answer.then(partOf), cameAt: null };
    coming.set(url, one);
    one.part.then(
      () => (one.cameAt = Date.now()),
      () => undefined,
    );
  }
}

/** Takes the part of an address, where one is on its way. It rejects where the whole did: then one asks at the address itself. */
export function takeComing(url: string): Promise<unknown> | undefined {
  const one = coming.get(url);
  coming.delete(url);
  if (one && (one.cameAt === null || Date.now() - one.cameAt < KEPT_MS)) return one.part;
  return undefined;
}

/** Something changed, here or elsewhere: what was asked for before it, and is not taken yet, may be old. */
export const dropComing = () => coming.clear();

// Whoever signs in next gets nothing of who was here.
token.subscribe(() => {
  if (token.get() === null) dropComing();
});
