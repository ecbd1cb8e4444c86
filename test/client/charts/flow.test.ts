/** Laws of a flow diagram: what comes in goes out, heights are as the values, nothing overlaps. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeFlow, type FlowLink } from '../../../client/charts/flow.ts'

const SIZE = { height: 200, gap: 12 }

/** Sources, one middle that takes all of it, uses that take all of that. */
const flows = fc
  .record({
    sources: fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 4 }),
    parts: fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }),
  })
  .map(({ sources, parts }) => {
    const middle = sources.length
    const whole = sources.reduce((sum, each) => sum + each, 0)
    const shares = parts.reduce((sum, each) => sum + each, 0)
    const nodes = [...sources.map(() => ({ column: 0 })), { column: 1 }, ...parts.map(() => ({ column: 2 }))]
    const links: FlowLink[] = [
      ...sources.map((value, from) => ({ from, to: middle, value })),
      ...parts.map((part, i) => ({ from: middle, to: middle + 1 + i, value: (whole * part) / shares })),
    ]
    return { nodes, links, middle }
  })

describe('a flow diagram', () => {
  it('carries through each node what comes to it', () => {
    fc.assert(
      fc.property(flows, ({ nodes, links, middle }) => {
        const { nodes: placed, links: bands } = placeFlow(nodes, links, SIZE)
        const into = bands.filter((_, i) => links[i].to === middle)
        const out = bands.filter((_, i) => links[i].from === middle)
        const thick = (of: typeof bands) => of.reduce((sum, { thickness }) => sum + thickness, 0)
        expect(thick(into)).toBeCloseTo(placed[middle].height, 6)
        expect(thick(out)).toBeCloseTo(placed[middle].height, 6)
      }),
    )
  })

  it('has one scale: heights and thicknesses are as the values', () => {
    fc.assert(
      fc.property(flows, ({ nodes, links, middle }) => {
        const { nodes: placed, links: bands } = placeFlow(nodes, links, SIZE)
        const perValue = placed[middle].value > 0 ? placed[middle].height / placed[middle].value : 0
        for (const { height, value } of placed) expect(height).toBeCloseTo(value * perValue, 6)
        bands.forEach(({ thickness }, i) => expect(thickness).toBeCloseTo(links[i].value * perValue, 6))
      }),
    )
  })

  it('keeps the nodes of a column a gap apart and within its height', () => {
    fc.assert(
      fc.property(flows, ({ nodes, links }) => {
        const { nodes: placed } = placeFlow(nodes, links, SIZE)
        for (const column of [0, 1, 2]) {
          const of = placed.filter((_, i) => nodes[i].column === column)
          of.slice(1).forEach(({ y }, i) => expect(y - of[i].y - of[i].height).toBeCloseTo(SIZE.gap, 6))
          for (const { y, height } of of) {
            expect(y).toBeGreaterThanOrEqual(-1e-6)
            expect(y + height).toBeLessThanOrEqual(SIZE.height + 1e-6)
          }
        }
      }),
    )
  })

  it('keeps each band within its nodes, and no two over each other', () => {
    fc.assert(
      fc.property(flows, ({ nodes, links }) => {
        const { nodes: placed, links: bands } = placeFlow(nodes, links, SIZE)
        const lowest = new Map<string, number>()
        bands.forEach(({ fromY, toY, thickness }, i) => {
          for (const [end, node, y] of [
            ['out', links[i].from, fromY],
            ['in', links[i].to, toY],
          ] as const) {
            const top = lowest.get(`${end} ${node}`) ?? placed[node].y
            expect(y - thickness / 2).toBeCloseTo(top, 6)
            lowest.set(`${end} ${node}`, y + thickness / 2)
            expect(y + thickness / 2).toBeLessThanOrEqual(placed[node].y + placed[node].height + 1e-6)
          }
        })
      }),
    )
  })

  it('of nothing has no height', () => {
    const { nodes } = placeFlow([{ column: 0 }, { column: 1 }], [{ from: 0, to: 1, value: 0 }], SIZE)
    expect(nodes.map(({ height }) => height)).toEqual([0, 0])
  })
})
