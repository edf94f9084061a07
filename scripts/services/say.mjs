const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const PATIENCE_MS = 2_000;
const EVERY_MS_ELSEWHERE = 10_000;

/** Thrown for what a person can put right: its message is shown as it is, without a stack. */
export class Trouble extends Error {}

/** What takes longer than two seconds just now: label and start. */
const slow = new Set();
const terminal = process.stderr.isTTY === true;
let turn = 0;
let wheel;

const clearLine = () => terminal && slow.size > 0 && process.stderr.write('\r\x1b[K');
const describe = ({ label, since }) => `${label} (${Math.round((Date.now() - since) / 1000)} s)`;

/** One line for the person at the terminal. Standard error, so that a script's output stays clean. */
export function say(line) {
  clearLine();
  process.stderr.write(`${line}\n`);
}

function turnWheel() {
  process.stderr.write(`\r\x1b[K${spinner[turn++ % spinner.length]} ${[...slow].map(describe).join(', ')}`);
}

/**
 * Runs `work` and, when it takes longer than two seconds, shows that it goes on: a turning wheel with the time
 * that has passed on a terminal, a line every ten seconds elsewhere. Several may run at once.
 */
export async function withProgress(label, work) {
  const task = { label, since: Date.now() };
  let repeat;
  const first = setTimeout(() => {
    slow.add(task);
    if (terminal) {
      wheel ??= setInterval(turnWheel, 120);
    } else {
      say(`... ${describe(task)}`);
      repeat = setInterval(() => say(`... ${describe(task)}`), EVERY_MS_ELSEWHERE);
    }
  }, PATIENCE_MS);
  try {
    return await work();
  } finally {
    clearTimeout(first);
    clearInterval(repeat);
    clearLine();
    slow.delete(task);
    if (slow.size === 0) {
      clearInterval(wheel);
      wheel = undefined;
    }
  }
}
