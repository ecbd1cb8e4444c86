/** Labels that must be read lie on no other, keep to the map, and stand where they would stand on any screen. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../client/map/foremostLabels.ts'
import { placeLabels, type Box } from '../../../client/map/placeLabels.ts'

const within: Box = { left: 0, top: 0, width: 1200, height: 800 }
const label = fc.record({
  x: fc.integer({ min: -400, max: 1600 }),
  y: fc.integer({ min: -400, max: 1200 }),
  width: fc.integer({ min: 20, max: 300 }),
  height: fc.integer({ min: 10, max: 60 }),
  markPx: fc.constant(0),
})
const marked = label.map((one) => ({ ...one, height: one.height + 20, markPx: 20 }))
const labels = fc.array(label, { maxLength: 30 })

function overlap(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  )
}

describe('labels that must be read', () => {
  it('lie on no other', () => {
    fc.assert(
      fc.property(labels, fc.constantFrom(within, undefined), (all, map) => {
        const boxes = placeLabels(all, map).filter((box) => box !== undefined)
        boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => expect(overlap(a, b)).toBe(false)))
      }),
    )
  })

  it('are whole on a map that has their place, and the first is always there', () => {
    fc.assert(
      fc.property(labels, (all) => {
        placeLabels(all, within).forEach((box, i) => {
          if (i === 0) expect(box).toBeDefined()
          const { x, y } = all[i]
          if (box === undefined || x < 0 || y < 0 || x > within.width || y > within.height) return
          expect(box.left).toBeGreaterThanOrEqual(0)
          expect(box.top).toBeGreaterThanOrEqual(0)
          expect(box.left + box.width).toBeLessThanOrEqual(within.width)
          expect(box.top + box.height).toBeLessThanOrEqual(within.height)
        })
      }),
    )
  })

  it('never move a mark from its place', () => {
    fc.assert(
      fc.property(fc.array(marked, { maxLength: 10 }), labels, (marks, rest) => {
        const boxes = placeLabels([...marks, ...rest], within)
        marks.forEach(({ x, y, markPx, width }, i) => {
          expect(boxes[i]!.left + width / 2).toBeCloseTo(x, 6)
          expect(boxes[i]!.top + markPx / 2).toBeCloseTo(y, 6)
        })
      }),
    )
  })

  it('stand at the same place on each of many screens', () => {
    fc.assert(
      fc.property(labels, fc.integer({ min: -2000, max: 2000 }), (all, dx) => {
        const here = placeLabels(all)
        const there = placeLabels(all.map((one) => ({ ...one, x: one.x + dx })))
        here.forEach((box, i) => expect(there[i]).toEqual(box && { ...box, left: box.left + dx }))
      }),
    )
  })
})

it('words that are broken into lines are all there, in lines that fit, and none that would have fitted is broken', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ñ'), minLength: 1, maxLength: 12 })
  const widthOf = (part: string) => part.length * 7
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 20, max: 200 }),
      (words, room) => {
        const lines = linesOf(words.join(' '), room, widthOf)
        expect(lines.join(' ')).toBe(words.join(' '))
        for (const line of lines) if (line.includes(' ')) expect(widthOf(line)).toBeLessThanOrEqual(room)
        lines.slice(1).forEach((line, i) => {
          expect(widthOf(`${lines[i]} ${line.split(' ')[0]}`)).toBeGreaterThan(room)
        })
      },
    ),
  )
})
