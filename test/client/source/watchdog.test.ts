/** A silent line is called so at once, and given up: soon the first time, later each time after. */
import { describe, expect, test } from 'vitest'
import { Watchdog, type Hearing } from '../../../client/source/watchdog.ts'

const LOOK_MS = 250

/** Looks every quarter of a second; the line speaks when `speaks` says so. */
function watch(dog: Watchdog, fromMs: number, toMs: number, speaks: (ms: number) => boolean): Hearing[] {
  const heard: Hearing[] = []
  for (let ms = fromMs; ms < toMs; ms += LOOK_MS) {
    if (speaks(ms)) dog.heard(ms, LOOK_MS)
    heard.push(dog.look(ms, LOOK_MS))
  }
  return heard
}

describe('the watchdog', () => {
  test('finds a line that speaks four times a second well', () => {
    const dog = new Watchdog(0)
    expect(new Set(watch(dog, 0, 60_000, () => true))).toEqual(new Set(['well']))
  })

  test('gives up a silent line after three quarters of a second', () => {
    const dog = new Watchdog(0)
    watch(dog, 0, 5000, () => true)
    const after = watch(dog, 5000, 7000, () => false)
    expect(after.indexOf('lost')).toBeLessThanOrEqual(4)
    expect(after.slice(0, 3)).toEqual(['well', 'well', 'well'])
  })

  test('with patience calls a silence so at once, and gives up later', () => {
    const dog = new Watchdog(0, 4)
    watch(dog, 0, 5000, () => true)
    const after = watch(dog, 5000, 10_000, () => false)
    expect(after.indexOf('silent')).toBeLessThanOrEqual(4)
    expect(after.indexOf('lost')).toBeGreaterThanOrEqual(11)
  })

  test('waits longer each time, and for a first picture longest', () => {
    const dog = new Watchdog(0)
    dog.heard(0, LOOK_MS)
    const waits: number[] = []
    let beganMs = 0
    for (let ms = 0; waits.length < 4; ms += LOOK_MS) {
      if (dog.look(ms, LOOK_MS) !== 'lost') continue
      waits.push(ms - beganMs)
      dog.restart(ms)
      dog.heard(ms, LOOK_MS)
      beganMs = ms
    }
    expect([...waits].sort((a, b) => a - b)).toEqual(waits)
    expect(waits[3]).toBeGreaterThan(4 * waits[0])
    const fresh = new Watchdog(0)
    expect(watch(fresh, 0, 15_000, () => false).every((hearing) => hearing === 'well')).toBe(true)
    expect(watch(fresh, 15_250, 16_000, () => false)).toContain('lost')
  })

  test('does not blame the line when the page itself was busy', () => {
    const dog = new Watchdog(0)
    dog.heard(0, LOOK_MS)
    dog.look(0, LOOK_MS)
    expect(dog.look(5000, LOOK_MS)).toBe('well')
  })
})
