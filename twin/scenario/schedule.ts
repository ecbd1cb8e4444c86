/**
 * When which command is due, so that at any moment every row stands as the edits that hold then make it together, and as it
 * stood before once none of them does.
 */
import type { Command } from '../commands.ts'
import { knobSpecs } from '../knobs.ts'
import { commandOf, isSwitch, joinsOf, type Setting, type Target } from './setting.ts'

export interface TimedCommand {
  /** Seconds after the scenario begins. */
  readonly atS: number
  readonly command: Command
}

/** How a row stands where the scenario begins. */
export type Standing = (target: Target, row: number) => number

/** The commands of `settings`, which are in the order of their edits: what is joined as 'last' is the later one's. In order of time. */
export function scheduleOf(settings: readonly Setting[], standing: Standing): TimedCommand[] {
  const byRow = new Map<string, Setting[]>()
  for (const setting of settings) {
    const key = `${setting.target} ${setting.row}`
    byRow.set(key, [...(byRow.get(key) ?? []), setting])
  }
  const timed = [...byRow.values()].flatMap((ofRow) => changesOf(ofRow, standing))
  return timed.sort((a, b) => a.atS - b.atS)
}

/** The changes of one row. */
function changesOf(settings: readonly Setting[], standing: Standing): TimedCommand[] {
  const { target, row } = settings[0]
  const before = standing(target, row)
  const times = settings.flatMap(({ fromS, untilS }) => [fromS, untilS]).filter(Number.isFinite)
  const changes: TimedCommand[] = []
  let value = before
  for (const atS of [...new Set(times)].sort((a, b) => a - b)) {
    const holding = settings.filter(({ fromS, untilS }) => fromS <= atS && atS < untilS)
    const next = withinKnob(target, joined(target, before, holding))
    if (next !== value) changes.push({ atS, command: commandOf(target, row, next) })
    value = next
  }
  return changes
}

/** Edits may together ask for more than a knob has: it goes as far as it can. */
function withinKnob(target: Target, value: number): number {
  if (isSwitch(target) || value === knobSpecs[target].neutral) return value
  const { least, most } = knobSpecs[target]
  return Math.max(least, Math.min(most, value))
}

function joined(target: Target, before: number, holding: readonly Setting[]): number {
  const values = holding.map(({ value }) => value)
  switch (joinsOf(target)) {
    case 'last':
      return values.at(-1) ?? before
    case 'sum':
      return values.reduce((sum, value) => sum + value, before)
    case 'product':
      return values.reduce((product, value) => product * value, before)
  }
}
