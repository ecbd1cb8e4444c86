/** Lets the threads that someone waits for go first. */
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'

// A third of the weight of others where all want the same core; at 10 and more a busy machine would hardly let it run.
const NICENESS = 5

/** Lowers the priority of the calling thread alone. Only Linux gives each thread its own; elsewhere nothing changes. */
export function lowerPriority(): void {
  if (process.platform !== 'linux') return
  // '<process>/task/<thread>', and Linux takes a thread's number where a process's is meant
  const thread = Number(basename(readlinkSync('/proc/thread-self')))
  setPriority(thread, NICENESS)
}
