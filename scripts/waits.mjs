/**
 * How tests wait, as a rule of the linter (.oxlintrc.json, docs/testing.md): for a state, with the one patience of test/support/patience.ts.
 * A number of milliseconds, a pause and a measured time in a test make it fail on a slower machine.
 */

const LIMITED = new Set(['it', 'test', 'beforeAll', 'afterAll', 'beforeEach', 'afterEach']);
/** Measures of the event loop, in ms. */
const LOOP = new Set(['monitorEventLoopDelay', 'eventLoopUtilization']);
const isNumber = (node) => node?.type === 'Literal' && typeof node.value === 'number';

/** `it` of `it(...)`, `it.each(...)(...)` and `it.only(...)`. */
function rootOf(callee) {
  let node = callee;
  while (node.type === 'CallExpression' || node.type === 'MemberExpression') node = node.callee ?? node.object;
  return node.name;
}

/** `Date.now() - since`, `performance.now()`. */
function isMeasured(node) {
  if (node?.type === 'BinaryExpression') return isMeasured(node.left) || isMeasured(node.right);
  if (node?.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object, property } = node.callee;
  return property.name === 'now' && (object.name === 'performance' || object.name === 'Date');
}

function troubleOf({ callee, arguments: args }) {
  const name = callee.name ?? callee.property?.name;
  if (name === 'eventually' && isNumber(args[1])) return 'Wait with WAIT_MS, or another of test/support/patience.ts.';
  if (LIMITED.has(rootOf(callee)) && args.length > 1 && isNumber(args.at(-1)))
    return 'The limit of a test is TEST_MS of test/support/patience.ts.';
  if (name === 'waitForTimeout' || name === 'sleep' || (name === 'setTimeout' && callee.type === 'Identifier'))
    return 'Wait for a state (`eventually`), hold a call open, or keep a pace (`pace` of test/support/patience.ts).';
  if ((callee.object?.name === 'performance' && name === 'now') || LOOP.has(name))
    return 'No clock decides: count, or measure in `npm run bench`.';
  if (name === 'expect' && isMeasured(args[0])) return 'No clock decides: count, or measure in `npm run bench`.';
  return null;
}

export const waits = {
  create(context) {
    return {
      CallExpression(node) {
        const message = troubleOf(node);
        if (message) context.report({ node, message });
      },
      Property(node) {
        if (node.key.name === 'timeout' && isNumber(node.value))
          context.report({ node, message: 'Wait with the limits of test/support/patience.ts.' });
      },
    };
  },
};
