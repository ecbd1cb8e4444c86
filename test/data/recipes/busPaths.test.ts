/** Paths between stops along the directed network. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makePathFinder } from '../../../data/recipes/busPaths.ts'
import { makeLinkFinder } from '../../../data/recipes/linkFinder.ts'
import { matchPath, type MatchPoint } from '../../../data/recipes/matchPath.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const { network } = smallCity({ side: 6 })
const { fromNode, toNode, lengthM, reverseLink } = network.links
const linkCount = fromNode.length
const evenCost = new Float64Array(linkCount).fill(1)
const findPaths = makePathFinder(network, evenCost, 1)
const findLinks = makeLinkFinder(network)

/** Costs from the end of `link` to the start of every link by repeated relaxation, with the same rule on turning back. */
function relaxed(link: number): Float64Array {
  const cost = new Float64Array(linkCount).fill(Infinity)
  const follow = (from: number, to: number) => fromNode[to] === toNode[from] && reverseLink[from] !== to
  for (let next = 0; next < linkCount; next++) if (follow(link, next)) cost[next] = 0
  for (let changed = true; changed;) {
    changed = false
    for (let a = 0; a < linkCount; a++) {
      for (let b = 0; b < linkCount; b++) {
        if (follow(a, b) && cost[a] + lengthM[a] < cost[b]) {
          cost[b] = cost[a] + lengthM[a]
          changed = true
        }
      }
    }
  }
  return cost
}

const anyLink = fc.integer({ min: 0, max: linkCount - 1 })

test('a path costs what plain relaxation finds', () => {
  for (const from of [0, 7, 33]) {
    const slow = relaxed(from)
    const targets = Array.from({ length: linkCount }, (_, link) => ({ link, alongM: 0 }))
    const { costs } = findPaths({ link: from, alongM: lengthM[from] }, targets, Infinity)
    // The start itself is reached again only by a loop.
    costs.forEach((cost, link) => expect(cost).toBeCloseTo(slow[link], 6))
  }
})

test('a path is connected, never turns back, and is as long as it costs', () => {
  fc.assert(
    fc.property(anyLink, anyLink, fc.double({ min: 0, max: 250, noNaN: true }), (a, b, alongM) => {
      const found = findPaths({ link: a, alongM }, [{ link: b, alongM: 100 }], Infinity)
      const links = found.linksTo(0)
      expect(links[0]).toBe(a)
      expect(links[links.length - 1]).toBe(b)
      for (let i = 1; i < links.length; i++) {
        expect(fromNode[links[i]]).toBe(toNode[links[i - 1]])
        expect(reverseLink[links[i]]).not.toBe(links[i - 1])
      }
      const wholeM = links.slice(0, -1).reduce((sum, link) => sum + lengthM[link], 0)
      expect(found.costs[0]).toBeCloseTo(wholeM + 100 - alongM, 4)
    }),
    { numRuns: 200 },
  )
})

test('nothing beyond the limit is found', () => {
  const { costs } = findPaths({ link: 0, alongM: 0 }, [{ link: linkCount - 1, alongM: 0 }], 300)
  expect(costs[0]).toBe(Infinity)
})

test('the finder gives every link within the radius, with the right distance and side', () => {
  const edgeM = 1250
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: edgeM + 50, noNaN: true }),
      fc.double({ min: -50, max: edgeM + 50, noNaN: true }),
      (x, y) => {
        const found = findLinks(x, y, 60)
        const { xM, yM } = network.nodes
        for (let link = 0; link < linkCount; link++) {
          const [ax, ay] = [xM[fromNode[link]], yM[fromNode[link]]]
          const [dx, dy] = [xM[toNode[link]] - ax, yM[toNode[link]] - ay]
          const share = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0), 1)
          const offM = Math.hypot(x - ax - share * dx, y - ay - share * dy)
          const hit = found.find((position) => position.link === link)
          if (Math.abs(offM - 60) < 1e-3) continue
          expect(hit !== undefined).toBe(offM < 60)
          if (hit) {
            expect(hit.offM).toBeCloseTo(offM, 3)
            expect(hit.alongM).toBeCloseTo(share * 250, 2)
          }
        }
        // Each street has two links: what is right of one is left of the other.
        for (const { link, isRight, offM, alongM } of found) {
          const other = found.find((position) => position.link === reverseLink[link])!
          if (offM > 1e-6 && offM < 59 && alongM > 0.01 && alongM < 249.99)
            expect(other.isRight).toBe(!isRight)
        }
      },
    ),
    { numRuns: 200 },
  )
})

/** Points beside the street along y = 0, eastward, 5 m to the right of the traffic. */
function eastward(xs: readonly number[]): MatchPoint[] {
  return xs.map((xM) => pointAt(xM, -5, xM))
}

function pointAt(xM: number, yM: number, dueM: number): MatchPoint {
  const candidates = findLinks(xM, yM, 45).map((at) => ({ ...at, penaltyM: at.offM + (at.isRight ? 0 : 60) }))
  return { xM, yM, dueM, candidates, skipM: 600 }
}

test('points along a street are matched to it in their order, on the side of the traffic', () => {
  const match = matchPath(eastward([100, 400, 620, 1100]), findPaths)!
  expect(match.points.map(({ point }) => point)).toEqual([0, 1, 2, 3])
  expect(match.links.length).toBe(5)
  for (const link of match.links) expect(toNode[link]).toBe(fromNode[link] + 1)
})

test('a point far off the line is left out, and the path does not go there', () => {
  const points = [...eastward([100, 400]), pointAt(500, 1245, 700), ...eastward([620, 1100])]
  const match = matchPath(points, findPaths)!
  expect(match.points.map(({ point }) => point)).toEqual([0, 1, 3, 4])
  expect(match.links.length).toBe(5)
})

test('a single point makes no path', () => {
  expect(matchPath(eastward([100]), findPaths)).toBeUndefined()
  expect(matchPath([], findPaths)).toBeUndefined()
})
