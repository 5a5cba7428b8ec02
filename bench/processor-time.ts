import { readdirSync, readFileSync } from "node:fs";

/** Of the kernel's clock that /proc counts in: 100 a second on every Linux that Node runs on. */
const millisecondsPerTick = 10;

/** CPU time that a process and all below it have used so far, in milliseconds, as Linux counts it. */
export function processorMilliseconds(root: number): number {
  const processes = readdirSync("/proc")
    .flatMap((name) => (/^\d+$/.test(name) ? [statOf(Number(name))] : []))
    .filter((one) => one !== null);
  const total = ({ pid, ticks }: ProcessTime): number =>
    processes.filter(({ parent }) => parent === pid).reduce((sum, child) => sum + total(child), ticks);
  const time = statOf(root);
  return time === null ? Number.NaN : total(time) * millisecondsPerTick;
}

/** The process above one: of a connection's backend, PostgreSQL's first. */
export function parentOf(pid: number): number {
  return statOf(pid)?.parent ?? Number.NaN;
}

interface ProcessTime {
  pid: number;
  parent: number;
  /** Its own and that of children that have ended. */
  ticks: number;
}

/** Null when it has ended meanwhile. */
function statOf(pid: number): ProcessTime | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // The name before it may hold spaces and parentheses. Numbers as proc_pid_stat(5) counts them, from the third on.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = [14, 15, 16, 17].reduce((sum, place) => sum + Number(fields[place - 3]), 0);
  return { pid, parent: Number(fields[4 - 3]), ticks };
}
