/** What the set-up page gives is what a screen reads, and where the panels and the phones' code are. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addressesOf,
  kioskCommand,
  wallNameFrom,
  type WallPlan,
} from '../../../../client/faces/wall/setup/addresses.ts'
import { panelsOf } from '../../../../client/faces/wall/span/panels.ts'
import { bezelPx } from '../../../../client/faces/wall/span/spanLens.ts'
import { phoneAddress } from '../../../../client/faces/wall/steer/phoneAddress.ts'
import { WALL_NAME } from '../../../../client/state/span.ts'
import { viewFromQuery } from '../../../../client/state/view.ts'

const plans: fc.Arbitrary<WallPlan> = fc.record({
  name: fc.constantFrom('main', 'vestíbulo', 'a b', ''),
  cols: fc.integer({ min: 1, max: 12 }),
  rows: fc.integer({ min: 1, max: 12 }),
  bezelMm: fc.integer({ min: 0, max: 40 }).map((half) => half / 2),
  viewing: fc.record({
    distanceM: fc.integer({ min: 1, max: 50 }),
    diagonalIn: fc.integer({ min: 5, max: 200 }),
  }),
  theme: fc.constantFrom('night', 'day'),
  language: fc.constantFrom('en', 'es'),
})

test('every screen has an address of its own, which says all that was said', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const addresses = addressesOf(plan)
      expect(new Set(addresses.map(({ query }) => query)).size).toBe(plan.cols * plan.rows)
      for (const { col, row, query } of addresses) {
        const view = viewFromQuery(query)
        expect(view).toMatchObject({ viewing: plan.viewing, theme: plan.theme, language: plan.language })
        if (addresses.length === 1) expect(view.span).toBeUndefined()
        else expect(view.span).toMatchObject({ cols: plan.cols, rows: plan.rows, col, row })
      }
    }),
  )
})

test('a wall has each panel once, alarms on the topmost screen at the right edge', () => {
  for (const [cols, rows] of [
    [1, 1],
    [3, 1],
    [2, 2],
    [3, 3],
    [2, 5],
  ]) {
    const held = Array.from({ length: cols * rows }, (_, i) => {
      const [col, row] = [i % cols, Math.floor(i / cols)]
      return panelsOf({ cols, rows, col, row, bezel: { size: 0, unit: 'px' } })
    })
    const all = held.flat()
    expect(new Set(all).size).toBe(all.length)
    expect(all).toContain('numbers')
    expect(held[cols - 1].join()).toContain('alarms,incidents')
  }
})

test('a bezel in millimetres is so many pixels as the screen has there', () => {
  const span = { cols: 2, rows: 1, col: 0, row: 0, bezel: { size: 10, unit: 'mm' as const } }
  // 55 inches across 3840 × 2160: 0.317 mm a pixel
  const px = bezelPx(span, { distanceM: 3, diagonalIn: 55 }, { width: 1920, height: 1080, ratio: 2 })
  expect(px).toBeCloseTo(10 / 0.317 / 2, 1)
})

test.each([
  ['https://twin.example/city/wall?name=a', undefined, 'https://twin.example/city/?z=1'],
  ['http://127.0.0.1:4400/wall', undefined, undefined],
  ['http://localhost:4400/wall', undefined, undefined],
  ['http://localhost:4400/wall', 'https://city.example/twin', 'https://city.example/twin/?z=1'],
  ['https://twin.example/wall', 'off', undefined],
])('beside the wall at %s, with %s, a phone finds %s', (wall, base, expected) => {
  expect(phoneAddress(base, wall, '?z=1')).toBe(expected)
})

test('whatever is typed as a name is one that a wall can have, and a good name stays as it is', () => {
  expect(wallNameFrom('Sala 1, norte')).toBe('Sala-1-norte')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
      const name = wallNameFrom(typed)
      if (name !== '') expect(name).toMatch(WALL_NAME)
      if (WALL_NAME.test(typed)) expect(name).toBe(typed)
      expect(wallNameFrom(name)).toBe(name)
    }),
  )
})

test('on one machine every screen has a place and a profile of its own', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const commands = addressesOf(plan).map((one) =>
        kioskCommand('A', one, { widthPx: 1920, heightPx: 1080 }),
      )
      const told = (flag: RegExp) => new Set(commands.map((command) => flag.exec(command)?.[1]))
      expect(told(/--window-position=(\d+,\d+)/).size).toBe(plan.cols * plan.rows)
      expect(told(/--user-data-dir="([^"]+)"/).size).toBe(plan.cols * plan.rows)
    }),
  )
  expect(kioskCommand('A', { col: 1, row: 2 }, { widthPx: 3840, heightPx: 2160 })).toContain('=3840,4320 ')
})
