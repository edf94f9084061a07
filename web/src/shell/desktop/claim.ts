/** A tab in front speaks first; those behind it wait so long. */
const BEHIND_MS = 250;
/** So long a message stays taken: the timers of tabs that nobody sees may come a second late. */
const HOLD_MS = 5_000;

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** True in exactly one of the tabs of this browser, and in none while one of them is in front: there it is seen anyway. */
export async function claim(messageId: string): Promise<boolean> {
  const wasInFront = document.hasFocus();
  if (!wasInFront) await wait(BEHIND_MS);
  return await new Promise<boolean>((resolve) => {
    void navigator.locks.request(`cordee-notice-${messageId}`, { ifAvailable: true }, async (lock) => {
      resolve(lock !== null && !wasInFront && !document.hasFocus());
      if (lock) await wait(HOLD_MS);
    });
  });
}
