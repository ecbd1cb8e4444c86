/** What holds of every knob of every domain. */
import { describe, expect, test } from 'vitest'
import { knobIds, knobRowsOf, knobSpecs, type KnobId } from '../../twin/knobs.ts'
import { createTwin, type Twin } from '../../twin/twin.ts'
import { smallCity } from '../fixtures/smallCity.ts'

const city = smallCity()
const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600 }
const begun = (() => {
  const twin = createTwin(city, facts)
  twin.advance(120)
  return twin.save()
})()

function fork(): Twin {
  const twin = createTwin(city, facts)
  twin.load(begun)
  return twin
}

/** Between its least and its most. */
function turnedValue(id: KnobId): number {
  const { least, most, isWhole } = knobSpecs[id]
  const value = least + 0.3 * (most - least)
  return isWhole ? Math.round(value) : value
}

const rowOf = (id: KnobId) => Math.min(2, knobRowsOf(city)[knobSpecs[id].of] - 1)
const turn = (twin: Twin, id: KnobId, value: number) =>
  twin.command({ kind: 'turn', knob: id, row: rowOf(id), value })

describe('every knob', () => {
  test('turned and turned back in the same second leaves the base, byte for byte', () => {
    const base = fork()
    const twin = fork()
    for (const id of knobIds) turn(twin, id, turnedValue(id))
    for (const id of knobIds) turn(twin, id, knobSpecs[id].neutral)
    base.advance(60)
    twin.advance(60)
    expect(twin.hash()).toBe(base.hash())
  })

  test.each(knobIds)('%s stands in a saved state as it was turned, and the city goes on from there', (id) => {
    const twin = fork()
    turn(twin, id, turnedValue(id))
    twin.advance(40)
    const other = createTwin(city, facts)
    other.load(twin.save())
    expect(other.knob(id, rowOf(id))).toBe(turnedValue(id))
    expect(other.hash()).toBe(twin.hash())
    twin.advance(40)
    other.advance(40)
    expect(other.hash()).toBe(twin.hash())
    expect(twin.power.balance().mismatchRatio).toBeLessThan(1e-6)
  })

  test('a state in which it was never turned puts back to neutral', () => {
    const twin = fork()
    for (const id of knobIds) turn(twin, id, turnedValue(id))
    twin.advance(30)
    twin.load(begun)
    const base = fork()
    twin.advance(30)
    base.advance(30)
    expect(twin.hash()).toBe(base.hash())
  })
})
