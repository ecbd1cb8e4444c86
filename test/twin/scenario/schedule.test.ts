/** What a schedule of commands leaves every row at: what the edits that hold then make together, at every second. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Command } from '../../../twin/commands.ts'
import { scheduleOf } from '../../../twin/scenario/schedule.ts'
import { joinsOf, type Setting, type Target } from '../../../twin/scenario/setting.ts'

const targets: readonly Target[] = ['linkClosed', 'carTripsFactor']
const setting: fc.Arbitrary<Setting> = fc
  .tuple(
    fc.constantFrom(...targets),
    fc.nat(2),
    fc.nat(3),
    fc.nat(30),
    fc.option(fc.integer({ min: 1, max: 30 })),
  )
  .map(([target, row, value, fromS, forS]) => ({
    target,
    row,
    value: target === 'linkClosed' ? value & 1 : value,
    fromS,
    untilS: forS === null ? Infinity : fromS + forS,
  }))

const standing = (target: Target, row: number) => (target === 'linkClosed' ? Number(row === 1) : 1)

function keyAndValue(command: Command): [string, number] {
  if (command.kind === 'setLinkClosed') return [`linkClosed ${command.link}`, Number(command.isClosed)]
  if (command.kind === 'turn') return [`${command.knob} ${command.row}`, command.value]
  throw new Error(`unexpected ${command.kind}`)
}

function due(settings: readonly Setting[], target: Target, row: number, atS: number): number {
  const values = settings
    .filter((one) => one.target === target && one.row === row && one.fromS <= atS && atS < one.untilS)
    .map(({ value }) => value)
  const before = standing(target, row)
  if (joinsOf(target) !== 'product') return values.at(-1) ?? before
  // no further than the knob goes
  return Math.min(
    10,
    values.reduce((a, b) => a * b, before),
  )
}

test('every row stands at any second as the edits that hold then make it, and before and after them as it stood', () => {
  fc.assert(
    fc.property(fc.array(setting, { maxLength: 12 }), (settings) => {
      const schedule = scheduleOf(settings, standing)
      const now = new Map<string, number>()
      let next = 0
      for (let atS = 0; atS <= 61; atS++) {
        for (; next < schedule.length && schedule[next].atS <= atS; next++)
          now.set(...keyAndValue(schedule[next].command))
        for (const target of targets)
          for (let row = 0; row < 3; row++)
            expect(now.get(`${target} ${row}`) ?? standing(target, row)).toBe(due(settings, target, row, atS))
      }
      expect(next).toBe(schedule.length)
    }),
  )
})

test('a command is due only where something changes', () => {
  const twice: Setting = { target: 'linkClosed', row: 0, value: 1, fromS: 0, untilS: 20 }
  const commands = scheduleOf([twice, { ...twice, fromS: 10, untilS: 30 }], standing)
  expect(commands.map(({ atS }) => atS)).toEqual([0, 30])
})
