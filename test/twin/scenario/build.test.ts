/** Streets built otherwise: the way they are driven, how wide they are, what buses do then, and what cannot be built. */
import { describe, expect, test } from 'vitest'
import { buildCity } from '../../../twin/scenario/build.ts'
import { resolveEdits, type ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { wordsOfRefusal } from '../../../twin/scenario/refusals.ts'
import { createTwin } from '../../../twin/twin.ts'
import { brokenLaws } from '../../fixtures/roadLaws.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const plain = smallCity()
const { fromNode, toNode, signal } = plain.network.links
// the second street of the bus line, and its way back, are one-way streets each
const there = plain.timetable!.patternLinks.link[2]
const back = plain.network.links.reverseLink[there]
const reverseLink = plain.network.links.reverseLink.map((other, link) =>
  link === there || link === back ? -1 : other,
)
const city = { ...plain, network: { ...plain.network, links: { ...plain.network.links, reverseLink } } }
const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600 }
const reverse = (links: number[], more = {}): ScenarioEdit => ({
  kind: 'reverseStreet',
  id: 'r',
  links,
  ...more,
})

describe('a one-way street reversed', () => {
  test('runs from its end to its start, along the same line, to the signal that the others there wait at', () => {
    const { links, shape } = buildCity([reverse([there])], city).city.network
    expect([links.fromNode[there], links.toNode[there]]).toEqual([toNode[there], fromNode[there]])
    const first = links.shapeStart[there]
    expect(shape.xM[first]).toBe(city.network.nodes.xM[toNode[there]])
    const beside = toNode.findIndex((node, link) => node === fromNode[there] && link !== there)
    expect(links.signal[there]).toBe(signal[beside])
    // the city it was made from is left alone
    expect(city.network.links.fromNode[there]).toBe(fromNode[there])
  })

  test('twice is as it was', () => {
    const twice = buildCity([reverse([there]), { ...reverse([there]), id: 's' }], city).city.network
    expect(twice).toEqual(city.network)
  })

  test('has buses find a way round it, leave out its stop and serve the others; every law holds', () => {
    const { city: built, edits, refused } = buildCity([reverse([there])], city)
    expect([edits, refused]).toEqual([[], []])
    const twin = createTwin(built, facts)
    const { trip, nextStop, isAtStop } = twin.transit.vehicles.columns
    const { pattern } = built.timetable!.trips
    const mostStops = Math.max(...built.timetable!.patterns.stopCount)
    let served = 0
    for (let s = 0; s < 2400; s++) {
      twin.step()
      expect(brokenLaws(twin)).toEqual([])
      for (let row = 0; row < twin.transit.vehicles.rows; row++)
        if (isAtStop[row] !== 0 && pattern[trip[row]] === 0) served = Math.max(served, nextStop[row])
    }
    expect(twin.transit.counts[1]).toBeGreaterThan(4)
    // the stop on it is gone, the others are served
    expect(built.timetable!.patterns.stopCount[0]).toBe(plain.timetable!.patterns.stopCount[0] - 1)
    expect(served).toBe(built.timetable!.patterns.stopCount[0] - 1)
    expect(mostStops).toBe(plain.timetable!.patterns.stopCount[1])
  })
})

test('a street with more lanes carries what streets of so many do', () => {
  const { city: built } = buildCity([{ kind: 'addLanes', id: 'w', links: [there], lanes: 1 }], city)
  const { roads } = createTwin(built, facts).traffic.world
  expect(roads.openLanes[there]).toBe(city.network.links.lanes[there] + 1)
  expect(city.network.links.lanes[there]).toBe(2)
})

describe('what cannot be built is refused with the reason', () => {
  const wordsFor = (edit: ScenarioEdit) =>
    buildCity([edit], city).refused.map((one) => wordsOfRefusal(one.refused))

  test.each<[ScenarioEdit, string]>([
    [reverse([0]), 'link 0 is driven both ways already'],
    [reverse([99_999]), 'there is no link 99999; the city has 168'],
    [reverse([there], { untilS: 600 }), 'what is built is there from the beginning and for good'],
  ])('%j', (edit, words) => {
    expect(wordsFor(edit)).toEqual([words])
  })

  test('more lanes than the model has', () => {
    const wider = (id: string): ScenarioEdit => ({ kind: 'addLanes', id, links: [0], lanes: 4 })
    const { refused, city: built } = buildCity([wider('a'), wider('b')], city)
    expect(built.network.links.lanes[0]).toBe(6)
    expect(refused.map((one) => wordsOfRefusal(one.refused))).toEqual([
      'link 0 has 6 lanes, and 8 are the most',
    ])
  })

  test('a street that alone leads somewhere is not turned round', () => {
    // all streets about the corner but one in and one out are taken away by making them lead elsewhere
    const links = {
      ...city.network.links,
      fromNode: fromNode.slice(),
      toNode: toNode.slice(),
      reverseLink: reverseLink.map(() => -1),
    }
    fromNode.forEach((from, link) => {
      if (from === 0 && link !== fromNode.indexOf(0)) links.fromNode[link] = toNode[link]
    })
    const cornered = { ...city, network: { ...city.network, links } }
    const { refused } = buildCity([reverse([fromNode.indexOf(0)])], cornered)
    expect(refused.map((one) => wordsOfRefusal(one.refused))).toEqual([
      'some places could then not be reached, or not be left',
    ])
  })

  test('at a live moment, whose streets are those that are driven', () => {
    const { refused } = resolveEdits([reverse([there])], city)
    expect(refused.map((one) => wordsOfRefusal(one.refused))).toEqual([
      'streets are built before a typical hour begins, not while they are driven',
    ])
  })
})
