/** What an edit comes down to: one row of a knob or a switch of the city at a value, for a while. */
import type { City } from '../city.ts'
import type { Command } from '../commands.ts'
import type { KnobRows, KnobSpec } from '../kernel/knob.ts'
import { knobRowsOf, knobSpecs, type KnobId } from '../knobs.ts'
import type { Twin } from '../twin.ts'

/** What is either so or not; 1 is so. */
const switches = ['linkClosed', 'breakerOpen', 'substationOut'] as const
type Switch = (typeof switches)[number]
export type Target = KnobId | Switch

export interface Setting {
  readonly target: Target
  readonly row: number
  readonly value: number
  /** Seconds after the scenario begins. */
  readonly fromS: number
  /** Until then, and from then on as without it; Infinity for good. */
  readonly untilS: number
}

export function isSwitch(target: Target): target is Switch {
  return (switches as readonly string[]).includes(target)
}

/** What several settings of one row make together. */
export function joinsOf(target: Target): KnobSpec['joins'] {
  return isSwitch(target) ? 'last' : knobSpecs[target].joins
}

/** What the rows of a target are. */
export function rowKindOf(target: Target): KnobRows | 'breaker' | 'substation' {
  if (target === 'linkClosed') return 'link'
  if (target === 'breakerOpen') return 'breaker'
  if (target === 'substationOut') return 'substation'
  return knobSpecs[target].of
}

/** How many of them a city has. */
export function rowsOf(city: City, target: Target): number {
  const kind = rowKindOf(target)
  if (kind === 'breaker') return city.grid?.breakers.bus.length ?? 0
  if (kind === 'substation') return city.grid?.substations.xM.length ?? 0
  return knobRowsOf(city)[kind]
}

/** The command that puts a row at `value`. */
export function commandOf(target: Target, row: number, value: number): Command {
  if (target === 'linkClosed') return { kind: 'setLinkClosed', link: row, isClosed: value === 1 }
  if (target === 'breakerOpen') return { kind: 'setBreakerOpen', breaker: row, isOpen: value === 1 }
  if (target === 'substationOut')
    return { kind: 'setSubstationInService', substation: row, isInService: value !== 1 }
  return { kind: 'turn', knob: target, row, value }
}

/** How a row stands in a twin. */
export function valueIn(twin: Twin, target: Target, row: number): number {
  if (target === 'linkClosed') return twin.traffic.links.columns.isClosed[row]
  if (target === 'breakerOpen') return twin.power.breakers.columns.isOpen[row]
  if (target === 'substationOut') return 1 - twin.power.substations.columns.isInService[row]
  return twin.knob(target, row)
}
