import { ModuleMocker } from 'jest-mock';

/** What jest-circus leaves in the global object: in a sandbox it would go with it. */
const OF_CIRCUS = ['EVENT_HANDLERS', 'JEST_STATE_SYMBOL'];

/** Where Jest looks for the limit of a test. */
const LIMIT = Symbol.for('TEST_TIMEOUT_SYMBOL');

/** Where `test/support/browser.ts` leaves what says which pages are open, and what they show. */
const PAGES = Symbol.for('cordee.pages');

/**
 * A Jest environment without a sandbox: a test file stands in the same world as the application, which stays loaded for the next file.
 * What a file changes for the whole process is taken back after it: its spies, the variables of the environment, and what Jest itself
 * keeps of it, which else hears of the tests of each file that follows and holds on to all that they made.
 */
export default class NativeEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern = null;
  #env = { ...process.env };
  /** Jest wraps it once more for each file. */
  // oxlint-disable-next-line typescript/unbound-method -- It is put back as it was, and called by nobody here.
  #exit = process.exit;

  async setup() {
    const { TEST_MS } = await import('../patience.ts');
    globalThis[LIMIT] = TEST_MS;
    globalThis.jest = {
      fn: this.moduleMocker.fn.bind(this.moduleMocker),
      spyOn: this.moduleMocker.spyOn.bind(this.moduleMocker),
      restoreAllMocks: () => this.moduleMocker.restoreAllMocks(),
    };
  }

  async teardown() {
    this.moduleMocker.restoreAllMocks();
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name];
    Object.assign(process.env, this.#env);
    process.exit = this.#exit;
    for (const symbol of Object.getOwnPropertySymbols(globalThis))
      if (OF_CIRCUS.includes(symbol.description)) delete globalThis[symbol];
  }

  /** A failed test says what its pages showed, where it has any: from the words of a wait alone nobody learns why it was in vain. */
  async handleTestEvent({ name, error }) {
    if (name !== 'test_fn_failure' || !(error instanceof Error)) return;
    const seen = await globalThis[PAGES]?.();
    if (seen) error.stack = `${error.message}\n${seen}\n${error.stack}`;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** There is no sandbox. */
  getVmContext() {
    return null;
  }
}
