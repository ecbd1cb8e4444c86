/** Same city, same seed, same commands: same bytes. In Node here; in browsers by test/e2e, through `twin/scenario/runAndHash.ts`. */
import { expect, test } from 'vitest'
import { createTwin, type Twin } from '../twin/twin.ts'
import { smallCity } from './fixtures/smallCity.ts'

const city = smallCity()
// a Tuesday, 07:30 in Montevideo
const options = { seed: 5, startMs: Date.UTC(2024, 2, 12, 10, 30), utcOffsetS: -3 * 3600 }

function run(twin: Twin, seconds: number): Twin {
  twin.advance(seconds)
  return twin
}

test('the same seed gives the same bytes', () => {
  const one = run(createTwin(city, options), 1800)
  const other = run(createTwin(city, options), 1800)
  expect(one.traffic.counts().inserted).toBeGreaterThan(100)
  expect(one.transit.counts[0]).toBeGreaterThan(2)
  expect(other.hash()).toBe(one.hash())
})

test('another seed gives other bytes', () => {
  const one = run(createTwin(city, options), 600)
  const other = run(createTwin(city, { ...options, seed: 6 }), 600)
  expect(other.hash()).not.toBe(one.hash())
})

test('a fork ends bit-equal to its parent', () => {
  const parent = run(createTwin(city, options), 1200)
  const fork = createTwin(city, options)
  fork.load(parent.save())
  expect(fork.hash()).toBe(parent.hash())
  run(parent, 900)
  run(fork, 900)
  expect(fork.hash()).toBe(parent.hash())
})

test('saving changes nothing', () => {
  const one = run(createTwin(city, options), 300)
  const other = run(createTwin(city, options), 200)
  other.save()
  run(other, 100)
  expect(other.hash()).toBe(one.hash())
})

test('the same commands at the same ticks give the same bytes, and other bytes than none', () => {
  const played = [1, 2].map(() => {
    const twin = run(createTwin(city, options), 300)
    twin.command({ kind: 'setLinkClosed', link: 3, isClosed: true })
    twin.command({ kind: 'fileRequest', service: 3, xM: 10, yM: 20 })
    run(twin, 300)
    const row = twin.reports.requests.columns.cause.indexOf(4)
    const openedTick = twin.reports.requests.columns.openedTick[row]
    twin.command({ kind: 'setRequestStatus', request: row, openedTick, status: 'assigned' })
    twin.command({ kind: 'setLinkClosed', link: 3, isClosed: false })
    return run(twin, 300)
  })
  expect(played[1].hash()).toBe(played[0].hash())
  expect(run(createTwin(city, options), 900).hash()).not.toBe(played[0].hash())
})

test('a command that waits for the next step is saved with the twin', () => {
  const parent = run(createTwin(city, options), 60)
  parent.command({ kind: 'setLinkClosed', link: 3, isClosed: true })
  const fork = createTwin(city, options)
  fork.load(parent.save())
  expect(run(fork, 60).hash()).toBe(run(parent, 60).hash())
})
