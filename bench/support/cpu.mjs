import { readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second (`getconf CLK_TCK` on every Linux of today). */
const TICKS = 100;

/** Seconds of processor time that some processes have used, or this one. NaN where the system does not tell (not Linux). */
export function cpuSecondsOf(pids) {
  if (!pids) return process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;
  return pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return NaN;
  }
}

/** Resident memory of a process in MB (10^6 bytes); NaN where the system does not tell. */
export function residentMb(pid) {
  try {
    const kibibytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return (Number(kibibytes) * 1024) / 1e6;
  } catch {
    return NaN;
  }
}
