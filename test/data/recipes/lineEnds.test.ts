/** Lines whose last stops are missing are taken on to their terminus. */
import { expect, test } from 'vitest'
import { corridorsFromTags } from '../../../data/recipes/busLines.ts'
import { completeEnds } from '../../../data/recipes/lineEnds.ts'
import type { Stop } from '../../../data/recipes/stops.ts'

function stop(xM: number, yM: number, line: string, variant: string, ordinal: number): Stop {
  const candidates = [{ link: 0, alongM: 0, offM: 5, isRight: true, penaltyM: 5 }]
  return { xM, yM, code: '', taggedName: '', candidates, tag: { line, variant, ordinal } }
}

/** Stops `first` to `last` of a line that runs east along `yM`, and of its way back; all of it has `count` stops. */
function line(name: string, yM: number, first: number, last: number, count: number): Stop[] {
  const stops: Stop[] = []
  for (let ordinal = first; ordinal <= last; ordinal++) {
    stops.push(stop(250 * ordinal, yM - 6, name, `${name}-east`, ordinal))
    stops.push(stop(250 * ordinal, yM + 6, name, `${name}-west`, count + 1 - ordinal))
  }
  return stops
}

test('variants of both directions lie on one corridor, in one order, and tell where the line ends', () => {
  const [corridor] = corridorsFromTags(line('100', 0, 5, 12, 20))
  expect(corridor).toMatchObject({ line: '100', isTwoWay: true, variants: 2, leftOut: 0, lastOrder: 20 })
  expect(corridor.points.map(({ order }) => order)).toEqual(
    Array.from({ length: 16 }, (_, i) => 5 + (i >> 1)),
  )
})

test('an end that lacks stops is taken on to a terminus about that far away, ahead of the line', () => {
  const stops = [
    ...line('100', 0, 11, 20, 20),
    stop(400, 100, '64', 'a', 1),
    stop(4500, 900, '65', 'a', 1),
    stop(250 * 30, 0, '66', 'a', 1),
  ]
  const [corridor] = completeEnds(corridorsFromTags(stops), stops)
  const [end] = corridor.assumedEnds
  expect(corridor.assumedEnds.size).toBe(1)
  expect(stops[end.stop].tag!.line).toBe('64')
  expect(end.order).toBe(1)
  expect(corridor.points[0]).toBe(end)
})

test('a whole line is left as it is', () => {
  const stops = [...line('100', 0, 1, 20, 20), stop(-2000, 0, '64', 'a', 1)]
  const [corridor] = completeEnds(corridorsFromTags(stops), stops)
  expect(corridor.assumedEnds.size).toBe(0)
})

test('without a terminus at the right distance nothing is assumed', () => {
  const stops = [...line('100', 0, 11, 20, 20), stop(2300, 0, '64', 'a', 1)]
  expect(completeEnds(corridorsFromTags(stops), stops)[0].assumedEnds.size).toBe(0)
})
