/**
 * The links that something on a street lies on, by its path or point and the street's name. Pure: the network is indexed once. A line
 * lies on the links that run along it; those of the same street the other way are taken too, since who draws a street draws both, and
 * a carriageway of its own is not, when it lies further off.
 */
import { makeLinkFinder, type LinkFinder, type LinkPosition } from '../../../data/recipes/linkFinder.ts'
import { foldText } from '../../../twin/geo/foldText.ts'
import { localFromLngLat, type LngLat, type Local, type Projection } from '../../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../../twin/traffic/network.ts'

/** How far off a street may be drawn, metres; further when it is named, since then it is known which. */
export const NEAR_M = 25
export const NAMED_NEAR_M = 60
/** What lies so much further off than the nearest is another carriageway, metres. */
const SIDE_M = 4
/** A line is walked in steps of so much, and in so many at most. */
const STEP_M = 5
const MOST_STEPS = 2000
/** Of a step so much must lead along a link, else the link crosses. */
const LEAST_ALONG = 0.7
/** Of a link so much is to be covered, or half of it when it is shorter. */
const LEAST_COVERED_M = 20

export interface OnStreet {
  readonly path: readonly LngLat[]
  readonly roadName: string
}

/** Gives rows of links, in order; none when no street is near enough. */
export type StreetMatch = (thing: OnStreet) => number[]

export function makeStreetMatch(network: RoadNetwork, projection: Projection): StreetMatch {
  const near = makeLinkFinder(network)
  const folded = network.names.text.map(foldText)
  const isCalled = (name: string) => (link: number) => isSame(folded[network.links.name[link]], name)
  const any = () => true

  return ({ path, roadName }) => {
    const line = path.map((at) => localFromLngLat(projection, at))
    const name = foldText(roadName)
    const steps = stepsOf(line)
    const match = (radiusM: number, mayBe: (link: number) => boolean) => {
      if (steps.length > 2) return matchLine(network, near, steps, radiusM, mayBe)
      return line.length === 0 ? [] : matchPoint(network, near, middleOf(line), radiusM, mayBe)
    }
    const named = name === '' ? [] : match(NAMED_NEAR_M, isCalled(name))
    return named.length > 0 ? named : match(NEAR_M, any)
  }
}

/** The nearest link, and the same street the other way. */
function matchPoint(
  { links }: RoadNetwork,
  near: LinkFinder,
  [xM, yM]: Local,
  radiusM: number,
  mayBe: (link: number) => boolean,
): number[] {
  const first = near(xM, yM, radiusM).find(({ link }) => mayBe(link))?.link
  if (first === undefined) return []
  const other = links.reverseLink[first]
  return other < 0 ? [first] : [first, other].sort((a, b) => a - b)
}

function matchLine(
  { links }: RoadNetwork,
  near: LinkFinder,
  steps: readonly Local[],
  radiusM: number,
  mayBe: (link: number) => boolean,
): number[] {
  const coveredM = new Map<number, number>()
  let before: ReadonlyMap<number, LinkPosition> = new Map()
  let lengthM = 0
  steps.forEach(([xM, yM], i) => {
    const here = new Map(near(xM, yM, radiusM).map((position) => [position.link, position]))
    const stepM = i === 0 ? 0 : distanceM(steps[i - 1], steps[i])
    lengthM += stepM
    const along = [...here.values()].flatMap(({ link, alongM, offM }) => {
      const last = before.get(link)
      if (last === undefined || !mayBe(link)) return []
      const movedM = Math.abs(alongM - last.alongM)
      return movedM < LEAST_ALONG * stepM ? [] : [{ link, movedM, offM: (offM + last.offM) / 2 }]
    })
    const nearestM = Math.min(...along.map(({ offM }) => offM))
    for (const { link, movedM, offM } of along)
      if (offM <= nearestM + SIDE_M) coveredM.set(link, (coveredM.get(link) ?? 0) + movedM)
    before = here
  })
  return [...coveredM]
    .filter(([link, m]) => m >= Math.min(LEAST_COVERED_M, links.lengthM[link] / 2) || m >= lengthM / 2)
    .map(([link]) => link)
    .sort((a, b) => a - b)
}

/** The line's corners with places between, no further apart than a step. */
function stepsOf(line: readonly Local[]): Local[] {
  let lengthM = 0
  for (let i = 1; i < line.length; i++) lengthM += distanceM(line[i - 1], line[i])
  const stepM = Math.max(STEP_M, lengthM / MOST_STEPS)
  const steps: Local[] = []
  let [doneM, nextM] = [0, 0]
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1], line[i]]
    const partM = distanceM(from, to)
    for (; nextM < doneM + partM; nextM += stepM) {
      const share = (nextM - doneM) / partM
      steps.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])])
    }
    doneM += partM
  }
  const last = line.at(-1)
  if (last !== undefined) steps.push(last)
  return steps
}

function middleOf(line: readonly Local[]): Local {
  const [first, last] = [line[0], line[line.length - 1]]
  return [(first[0] + last[0]) / 2, (first[1] + last[1]) / 2]
}

function distanceM(a: Local, b: Local): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1])
}

/** «Avenida 18 de Julio» is also called «18 de Julio». */
function isSame(street: string, name: string): boolean {
  if (street === '') return false
  return ` ${street} `.includes(` ${name} `) || ` ${name} `.includes(` ${street} `)
}
