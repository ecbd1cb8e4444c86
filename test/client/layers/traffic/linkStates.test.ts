/** The streets' colours when only what a frame changed is worked out anew: the same as when all is. */
import { expect, it } from 'vitest'
import { setLinkStates } from '../../../../client/layers/traffic/linkLines.ts'
import { makeStates } from '../../../../client/layers/stateTexture.ts'
import { Mirror } from '../../../../client/state/mirror.ts'
import { FrameEncoder } from '../../../../twin/protocol/frame.ts'
import { linkTable } from '../../../../twin/traffic/tables.ts'
import { createTwin } from '../../../../twin/twin.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

it('frame by frame is what all at once is, after a skipped frame and after a change of the hour too', () => {
  const city = smallCity()
  const twin = createTwin(city, { seed: 3, startMs: Date.UTC(2026, 10, 23, 7), utcOffsetS: 0 })
  const encoder = new FrameEncoder(twin.tables)
  const mirror = new Mirror()
  const states = makeStates(city.network.links.lengthM.length)
  let changes = 0
  let few = 0
  for (let s = 0; s < 900; s++) {
    twin.step()
    const before = states.bytes.slice()
    mirror.apply(encoder.delta(twin.clock.tick), 0)
    if (s % 7 === 0) continue
    if (mirror.changedRows(linkTable).length * 2 < mirror.table(linkTable).rows) few++
    setLinkStates(states, city, mirror)
    const fresh = makeStates(city.network.links.lengthM.length)
    setLinkStates(fresh, city, mirror)
    expect(states.bytes).toEqual(fresh.bytes)
    if (before.some((byte, i) => byte !== states.bytes[i])) changes++
  }
  expect(changes).toBeGreaterThan(10)
  expect(few).toBeGreaterThan(100)
})
