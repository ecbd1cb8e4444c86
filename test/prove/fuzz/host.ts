/** A server to be fired at, in a process of its own: the small town, whose heap and faults are told when asked. */
import { serveTown } from '../../server/fixtures/servedTown.ts'

export type FromHost =
  | { readonly kind: 'ready'; readonly address: string }
  | { readonly kind: 'measured'; readonly heapBytes: number; readonly faults: readonly string[] }

const faults: string[] = []
process.on('unhandledRejection', (reason) => faults.push(`unhandled rejection: ${String(reason)}`))
process.on('uncaughtException', (error) => faults.push(`uncaught: ${error.stack}`))

// the real twin: what is asked of it by chance, as runs of a scenario, must go through
const town = await serveTown(10, {}, undefined, true)
process.on('message', () => {
  global.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  const failed = town.logged.filter((line) => line.includes(' failed: '))
  tell({ kind: 'measured', heapBytes: heapUsed + arrayBuffers, faults: [...faults, ...failed].slice(0, 20) })
})
process.on('disconnect', () => void town.close().finally(() => process.exit(0)))
tell({ kind: 'ready', address: town.address })

function tell(message: FromHost): void {
  process.send?.(message)
}
