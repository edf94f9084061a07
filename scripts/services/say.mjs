const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Thrown for what a person can put right: its message is shown as it is, without a stack. */
export class Trouble extends Error {}

/** One line for the person at the terminal. Standard error, so that a script's output stays clean. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

/**
 * Runs `work` and, when it takes longer than two seconds, shows that it goes on: a turning wheel with the time
 * that has passed on a terminal, a line every ten seconds elsewhere.
 */
export async function withProgress(label, work) {
  const since = Date.now();
  const terminal = process.stderr.isTTY === true;
  let turn = 0;
  let shown = false;
  const show = () => {
    shown = true;
    if (terminal) process.stderr.write(`\r\x1b[K${spinner[turn++ % spinner.length]} ${label} (${seconds(since)})`);
    else say(`... ${label} (${seconds(since)})`);
  };
  let repeat;
  const first = setTimeout(() => {
    show();
    repeat = setInterval(show, terminal ? 120 : 10_000);
  }, 2_000);
  try {
    return await work();
  } finally {
    clearTimeout(first);
    clearInterval(repeat);
    if (shown && terminal) process.stderr.write('\r\x1b[K');
  }
}
