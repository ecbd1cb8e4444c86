/** Lives a scenario in a twin that stands where the scenario begins. */
import { TICKS_PER_S } from '../kernel/clock.ts'
import type { Twin } from '../twin.ts'
import type { ScenarioEdit } from './edits.ts'
import { resolveEdits, type Refused } from './edits.ts'
import { scheduleOf, type TimedCommand } from './schedule.ts'
import { valueIn } from './setting.ts'

export interface ScenarioRun {
  /** Edits that this city cannot be given; the others are made. */
  readonly refused: readonly Refused[]
  /** Seconds since it began. */
  doneS(): number
  /** Moves the city one second, with what the edits ask of it in that second. */
  step(): void
}

/** Begins at the moment at which `twin` stands; the edits that hold from the beginning are made with the first step. */
export function runScenario(twin: Twin, edits: readonly ScenarioEdit[]): ScenarioRun {
  const { settings, refused } = resolveEdits(edits, twin.city)
  const schedule: readonly TimedCommand[] = scheduleOf(settings, (target, row) => valueIn(twin, target, row))
  const beginTick = twin.clock.tick
  const doneS = () => (twin.clock.tick - beginTick) / TICKS_PER_S
  let next = 0
  return {
    refused,
    doneS,
    step() {
      const nowS = doneS()
      while (next < schedule.length && schedule[next].atS <= nowS) twin.command(schedule[next++].command)
      twin.step()
    },
  }
}
