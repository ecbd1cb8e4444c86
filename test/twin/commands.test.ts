/** Commands survive being saved, whatever they are, and broken columns of them are refused. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { packCommands, unpackCommands, type Command } from '../../twin/commands.ts'
import { knobIds } from '../../twin/knobs.ts'

const row = fc.nat(0xfffffffe)
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('setLinkClosed' as const), link: row, isClosed: fc.boolean() }),
  fc.record({
    kind: fc.constant('observeLinkClosed' as const),
    link: row,
    isClosed: fc.boolean(),
    saidTick: fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
  }),
  fc.record({ kind: fc.constant('setBreakerOpen' as const), breaker: row, isOpen: fc.boolean() }),
  fc.record({
    kind: fc.constant('setSubstationInService' as const),
    substation: row,
    isInService: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('fileRequest' as const),
    service: row,
    xM: fc.double({ noNaN: true, noDefaultInfinity: true }),
    yM: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
  fc.record({
    kind: fc.constant('setRequestStatus' as const),
    request: row,
    openedTick: fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
    status: fc.constantFrom(
      'acknowledged' as const,
      'assigned' as const,
      'fixed' as const,
      'closed' as const,
    ),
  }),
  fc.record({ kind: fc.constant('acknowledgeAlarm' as const), alarm: row }),
  fc.record({
    kind: fc.constant('turn' as const),
    knob: fc.constantFrom(...knobIds),
    row,
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
  fc.record({ kind: fc.constant('shelveAlarm' as const), alarm: row, forS: fc.nat(28_800) }),
)

test('commands come back from a saved state as they were', () => {
  fc.assert(
    fc.property(fc.array(command), (commands) => {
      expect(unpackCommands(packCommands(commands))).toEqual(commands)
    }),
  )
})

test('a column that is no whole number of commands is refused', () => {
  expect(() => unpackCommands(new Float64Array(5))).toThrow('5 numbers of commands')
  expect(() => unpackCommands(undefined)).toThrow('no numbers of commands')
})
