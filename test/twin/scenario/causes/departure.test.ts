/** When two runs part: not before they do, and not for what they do by themselves. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { departureOf, noiseOf } from '../../../../twin/scenario/causes/departure.ts'
import { growFrom } from '../../../../twin/scenario/causes/region.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

describe('two runs', () => {
  test('that are the same never part', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        expect(departureOf(values, values, 1)).toBeUndefined()
      }),
    )
  })

  test('part at the first of two looks beyond noise, and differ most at the peak', () => {
    const base = [10, 11, 10, 11, 10, 11]
    expect(departureOf(base, [10, 11, 10, 15, 18, 16], 1)).toEqual({ noise: 2, look: 3, peak: 4 })
  })

  test('do not part for one look alone', () => {
    expect(departureOf([0, 0, 0, 0], [0, 9, 0, 0], 1)).toBeUndefined()
    expect(departureOf([0, 0, 0, 0], [0, 0, 0, 9], 1)).toBeUndefined()
  })

  test('never part by less than noise, which is never less than the least', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 40 }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (base, least, share) => {
          const noise = noiseOf(base, least)
          expect(noise).toBeGreaterThanOrEqual(least)
          const within = base.map((value) => value + share * noise * 0.999)
          expect(departureOf(base, within, least)).toBeUndefined()
        },
      ),
    )
  })
})

describe('what an edit reaches', () => {
  const { network } = smallCity({ side: 4 })
  const links = network.links.fromNode.length

  test('is what touches it and differs itself, and what touches that', () => {
    const chain = [0]
    for (let step = 0; step < 2; step++) {
      const from = network.links.toNode[chain.at(-1)!]
      chain.push(
        [...network.links.fromNode.keys()].find(
          (link) =>
            network.links.fromNode[link] === from &&
            !chain.includes(link) &&
            network.links.reverseLink[link] !== chain.at(-1),
        )!,
      )
    }
    const departed = new Uint8Array(links)
    for (const link of chain) departed[link] = 1
    const reached = growFrom(network, [[chain[0]]], departed)
    expect([...reached.keys()].filter((link) => reached[link] > 0).sort()).toEqual([...chain].sort())
    departed[chain[1]] = 0
    // the bridge between them is gone
    expect(growFrom(network, [[chain[0]]], departed)[chain[2]]).toBe(0)
  })

  test('is never more than the seeds and what differs, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: links - 1 }), { maxLength: 5 }),
        fc.uint8Array({ minLength: links, maxLength: links, max: 1 }),
        (seeds, departed) => {
          const reached = growFrom(network, [seeds], departed)
          for (let link = 0; link < links; link++)
            if (reached[link] > 0) expect(departed[link] === 1 || seeds.includes(link)).toBe(true)
          for (const link of seeds) expect(reached[link]).toBe(1)
        },
      ),
    )
  })
})
