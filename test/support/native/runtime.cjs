const asyncHooks = require('node:async_hooks');
const { register } = require('node:module');
const process = require('node:process');
const { pathToFileURL } = require('node:url');
const { default: Runtime } = require('jest-runtime');

register('./hooks.mjs', pathToFileURL(module.filename));
process.setSourceMapsEnabled(true);

let files = 0;

/**
 * Which test runs now, for jest-circus, where a file has one test after the other. It would follow that through all that a test begins: Node then does more for
 * each promise and each line, once more for each file that its worker ever ran, for none of them is taken back.
 */
class RunningNow {
  #store;

  getStore() {
    return this.#store;
  }

  async run(store, work) {
    const before = this.#store;
    this.#store = store;
    try {
      return await work();
    } finally {
      this.#store = before;
    }
  }
}

/** Requires a module of Jest's with {@link RunningNow} where it asks for a storage that follows. */
function requireWithoutFollowing(path) {
  const { AsyncLocalStorage } = asyncHooks;
  asyncHooks.AsyncLocalStorage = RunningNow;
  try {
    return require(path);
  } finally {
    asyncHooks.AsyncLocalStorage = AsyncLocalStorage;
  }
}

/**
 * Jest's runtime, with modules loaded by Node itself: the application once in a worker, not once in each test file.
 * It has no sandbox, so a module cannot be mocked; what is real is what these layers test. Named in jest.config.mjs, which Jest requires as CommonJS.
 */
class NativeRuntime extends Runtime {
  /** jest-circus keeps its state in its module: each file gets its own. */
  requireInternalModule(path) {
    delete require.cache[path];
    const loaded = requireWithoutFollowing(path);
    // A module keeps a list of all that it has loaded, and with each one of these the whole test file.
    module.children = module.children.filter(({ filename }) => filename !== path);
    return loaded;
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    files += 1;
    return import(`${pathToFileURL(path).href}?file=${files}`);
  }
}

exports.__esModule = true;
exports.default = NativeRuntime;
