/** Lets the threads that someone waits for go first. */
import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'

/** Lowers the priority of the calling thread alone. Only Linux gives each thread its own; elsewhere nothing changes. */
export function lowerPriority(): void {
  if (process.platform !== 'linux') return
  // '<process>/task/<thread>', and Linux takes a thread's number where a process's is meant
  const thread = Number(basename(readlinkSync('/proc/thread-self')))
  setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL)
}
