/** Members of a forecast: forks under other dice and another demand. */
import { expect, test } from 'vitest'
import { memberDraw, runMember, startMember, type MemberDraw } from '../../../twin/forecast/member.ts'
import { forecastIds, LEADS_S } from '../../../twin/forecast/forecast.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity()
// a Tuesday, 07:30 in Montevideo
const options = { seed: 5, startMs: Date.UTC(2024, 2, 12, 10, 30), utcOffsetS: -3 * 3600 }
const unvaried: MemberDraw = { dice: 0, demandFactor: 1, demandShiftS: 0 }

function parentAfter(seconds: number): Twin {
  const parent = createTwin(city, options)
  parent.advance(seconds)
  return parent
}

function member(parent: Twin, draw: MemberDraw): Twin {
  const twin = createTwin(city, options)
  startMember(twin, parent.save(), draw)
  return twin
}

/** Trips by car that began in the coming hour. */
function begunInAnHour(twin: Twin): number {
  const counts = () => twin.traffic.counts().inserted + twin.traffic.counts().waiting
  const before = counts()
  twin.advance(3600)
  return counts() - before
}

test("a member with its parent's dice and demand repeats the parent's future bit for bit", () => {
  const parent = parentAfter(600)
  const twin = member(parent, unvaried)
  const paths = runMember(twin)
  parent.advance(LEADS_S.at(-1)!)
  expect(twin.hash()).toBe(parent.hash())
  expect(paths.map((path) => path.length)).toEqual(forecastIds.map(() => LEADS_S.length))
})

test('the same draw gives the same bytes, other dice give others', () => {
  const parent = parentAfter(600)
  const draw = memberDraw(1, 0)
  const [one, same, other] = [draw, draw, { ...draw, dice: draw.dice + 2 }].map((each) =>
    member(parent, each),
  )
  for (const twin of [one, same, other]) twin.advance(900)
  expect(same.hash()).toBe(one.hash())
  expect(other.hash()).not.toBe(one.hash())
})

test('a saved member goes on as itself', () => {
  const one = member(parentAfter(600), memberDraw(1, 3))
  one.advance(300)
  const copy = createTwin(city, options)
  copy.load(one.save())
  for (const twin of [one, copy]) twin.advance(1200)
  expect(copy.hash()).toBe(one.hash())
})

test('a twin that was a member is itself again after it has loaded an unvaried state', () => {
  const parent = parentAfter(600)
  const state = parent.save()
  const twin = member(parent, memberDraw(1, 3))
  twin.advance(900)
  twin.load(state)
  twin.advance(900)
  parent.advance(900)
  expect(twin.hash()).toBe(parent.hash())
})

test('a state names no variation when there is none, as states did before there was any', () => {
  expect(Object.keys(parentAfter(5).save())).not.toContain('twin.variation')
})

test('the demand factor multiplies the trips that begin', () => {
  const parent = parentAfter(600)
  const [normal, half] = [1, 0.5].map((demandFactor) =>
    begunInAnHour(member(parent, { dice: 9, demandFactor, demandShiftS: 0 })),
  )
  expect(half / normal).toBeGreaterThan(0.4)
  expect(half / normal).toBeLessThan(0.6)
})

test('a demand that is an hour late begins the trips of an hour ago', () => {
  const parent = parentAfter(600)
  const late = begunInAnHour(member(parent, { dice: 9, demandFactor: 1, demandShiftS: 3600 }))
  const early = createTwin(city, { ...options, startMs: options.startMs - 3_600_000 })
  early.advance(600)
  expect(Math.abs(late / begunInAnHour(early) - 1)).toBeLessThan(0.1)
  expect(late).toBeLessThan(begunInAnHour(parent))
})

test('the draws of many members fill the spread evenly and share no dice', () => {
  const draws = Array.from({ length: 64 }, (_, k) => memberDraw(7, k, { demandRatio: 0.2, shiftS: 1800 }))
  expect(new Set(draws.map(({ dice }) => dice)).size).toBe(draws.length)
  const cells = new Set(
    draws.map(({ demandFactor, demandShiftS }) => {
      expect(Math.abs(demandFactor - 1)).toBeLessThanOrEqual(0.2)
      expect(Math.abs(demandShiftS)).toBeLessThanOrEqual(1800)
      return `${Math.floor((demandFactor - 0.8) * 9.99)} ${Math.floor((demandShiftS + 1800) / 900.1)}`
    }),
  )
  expect(cells.size).toBe(16)
})
