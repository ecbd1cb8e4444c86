/** What may be asked of a twin. Hosts validate a command at their door; the twin applies it at its next step. */
import type { City } from './city.ts'
import type { TypedArray } from './kernel/columns.ts'
import { faultOfSetting, knobIds, type KnobId } from './knobs.ts'
import { requestStatuses } from './reports/tables.ts'

export type Command =
  | { readonly kind: 'setLinkClosed'; readonly link: number; readonly isClosed: boolean }
  /**
   * What a feed says of a street: that it is closed, since `saidTick`, or open again. An operator's own word stands over it:
   * what he closed stays closed, and what he opened later than that stays open.
   */
  | {
      readonly kind: 'observeLinkClosed'
      readonly link: number
      readonly isClosed: boolean
      readonly saidTick: number
    }
  | { readonly kind: 'setBreakerOpen'; readonly breaker: number; readonly isOpen: boolean }
  | { readonly kind: 'setSubstationInService'; readonly substation: number; readonly isInService: boolean }
  /** Sets one row of a knob, see `knobs.ts`. */
  | { readonly kind: 'turn'; readonly knob: KnobId; readonly row: number; readonly value: number }
  | { readonly kind: 'fileRequest'; readonly service: number; readonly xM: number; readonly yM: number }
  /** What a desk says of a person's report, known by its row and the tick it was opened; of one that is gone nothing comes. */
  | {
      readonly kind: 'setRequestStatus'
      readonly request: number
      readonly openedTick: number
      readonly status: DeskStatus
    }
  /** Of an alarm that is gone by then nothing comes. */
  | { readonly kind: 'acknowledgeAlarm'; readonly alarm: number }
  /** For so many seconds from then on; 0 ends it. */
  | { readonly kind: 'shelveAlarm'; readonly alarm: number; readonly forS: number }

/** How far a desk may say that a report is. */
export type DeskStatus = Exclude<(typeof requestStatuses)[number], 'none' | 'open'>

/** What closes, opens, takes out and brings back a thing of the city. */
export type Edit = Exclude<
  Command,
  {
    kind:
      'observeLinkClosed' | 'turn' | 'fileRequest' | 'setRequestStatus' | 'acknowledgeAlarm' | 'shelveAlarm'
  }
>

/** An alarm may be kept quiet for a shift at most, seconds (ISA-18.2 asks for an end). */
export const MOST_SHELVED_S = 8 * 3600

const NUMBERS_PER_COMMAND = 4

/** Throws RangeError, saying what came and what was due, when a command names a row that the city has not. */
export function checkCommand(command: Command, city: City): void {
  switch (command.kind) {
    case 'setLinkClosed':
      return checkRow('link', command.link, city.network.links.fromNode.length)
    case 'observeLinkClosed':
      checkRow('link', command.link, city.network.links.fromNode.length)
      return checkTick(command.saidTick)
    case 'setBreakerOpen':
      return checkRow('breaker', command.breaker, city.grid?.breakers.bus.length ?? 0)
    case 'setSubstationInService':
      return checkRow('substation', command.substation, city.grid?.substations.xM.length ?? 0)
    case 'turn': {
      const fault = faultOfSetting(city, command)
      if (fault !== undefined) throw new RangeError(`command: ${fault}`)
      return
    }
    case 'fileRequest':
      checkRow('service', command.service, city.services?.services.length ?? 0)
      if (!Number.isFinite(command.xM) || !Number.isFinite(command.yM)) {
        throw new RangeError(`command: place is ${command.xM}, ${command.yM}, expected two numbers of metres`)
      }
      return
    case 'setRequestStatus':
      checkRow('request', command.request, 0x1_0000_0000)
      return checkTick(command.openedTick)
    case 'acknowledgeAlarm':
      return checkRow('alarm', command.alarm, 0x1_0000_0000)
    case 'shelveAlarm':
      checkRow('alarm', command.alarm, 0x1_0000_0000)
      checkRow('seconds', command.forS, MOST_SHELVED_S + 1)
  }
}

/** Commands as a column of numbers, four each, so that a saved twin keeps those it has yet to apply. */
export function packCommands(commands: readonly Command[]): Float64Array {
  const packed = new Float64Array(commands.length * NUMBERS_PER_COMMAND)
  commands.forEach((command, i) => packed.set(numbersOf(command), i * NUMBERS_PER_COMMAND))
  return packed
}

/** The commands of `packCommands`. */
export function unpackCommands(packed: TypedArray | undefined): Command[] {
  if (packed === undefined || packed.length % NUMBERS_PER_COMMAND !== 0) {
    throw new Error(`saved state: ${packed?.length ?? 'no'} numbers of commands, expected four each`)
  }
  const commands: Command[] = []
  for (let i = 0; i < packed.length; i += NUMBERS_PER_COMMAND) {
    const [kind, row, x, y] = packed.subarray(i, i + NUMBERS_PER_COMMAND)
    if (kind === 0) commands.push({ kind: 'setLinkClosed', link: row, isClosed: x === 1 })
    else if (kind === 1) commands.push({ kind: 'setBreakerOpen', breaker: row, isOpen: x === 1 })
    else if (kind === 2)
      commands.push({ kind: 'setSubstationInService', substation: row, isInService: x === 1 })
    else if (kind === 3) commands.push({ kind: 'fileRequest', service: row, xM: x, yM: y })
    else if (kind === 4) commands.push({ kind: 'acknowledgeAlarm', alarm: row })
    else if (kind === 5) commands.push({ kind: 'shelveAlarm', alarm: row, forS: x })
    else if (kind === 8)
      commands.push({ kind: 'observeLinkClosed', link: row, isClosed: x === 1, saidTick: y })
    else if (kind === 7) commands.push({ kind: 'turn', knob: knobIds[row], row: x, value: y })
    else {
      // as `numbersOf` wrote it
      const status = requestStatuses[y] as DeskStatus
      commands.push({ kind: 'setRequestStatus', request: row, openedTick: x, status })
    }
  }
  return commands
}

function numbersOf(command: Command): number[] {
  switch (command.kind) {
    case 'setLinkClosed':
      return [0, command.link, Number(command.isClosed)]
    case 'observeLinkClosed':
      return [8, command.link, Number(command.isClosed), command.saidTick]
    case 'setBreakerOpen':
      return [1, command.breaker, Number(command.isOpen)]
    case 'setSubstationInService':
      return [2, command.substation, Number(command.isInService)]
    case 'fileRequest':
      return [3, command.service, command.xM, command.yM]
    case 'turn':
      return [7, knobIds.indexOf(command.knob), command.row, command.value]
    case 'acknowledgeAlarm':
      return [4, command.alarm]
    case 'shelveAlarm':
      return [5, command.alarm, command.forS]
    case 'setRequestStatus':
      return [6, command.request, command.openedTick, requestStatuses.indexOf(command.status)]
  }
}

function checkTick(tick: number): void {
  checkRow('tick', tick + 0x8000_0000, 0x1_0000_0000)
}

function checkRow(what: string, row: number, rows: number): void {
  if (Number.isInteger(row) && row >= 0 && row < rows) return
  throw new RangeError(`command: ${what} is ${row}, expected a row from 0 to ${rows - 1}`)
}
