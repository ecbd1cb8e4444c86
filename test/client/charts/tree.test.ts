/** Laws of the tree of a single-line diagram: no two signs share a place, no line passes a sign, keys reach every node. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveInTree, positions } from '../../../client/charts/TreeDiagram.tsx'
import { placeTree } from '../../../client/charts/tree.ts'

/** Any tree: each node hangs on an earlier one. */
const trees = fc
  .array(fc.nat({ max: 1_000_000 }), { minLength: 0, maxLength: 80 })
  .map((picks) => [-1, ...picks.map((pick, i) => pick % (i + 1))])

describe('a tree along rows', () => {
  it('gives every node a place of its own', () => {
    fc.assert(
      fc.property(trees, (parents) => {
        const { column, row } = placeTree(parents)
        const places = parents.map((_, node) => `${column[node]} ${row[node]}`)
        expect(new Set(places).size).toBe(parents.length)
      }),
    )
  })

  it('puts a child one step right of its parent and never above it', () => {
    fc.assert(
      fc.property(trees, (parents) => {
        const { column, row } = placeTree(parents)
        parents.forEach((parent, node) => {
          if (parent < 0) return
          expect(column[node]).toBe(column[parent] + 1)
          expect(row[node]).toBeGreaterThanOrEqual(row[parent])
        })
      }),
    )
  })

  it('lets no line that goes down pass a sign or cross a line of another branch', () => {
    fc.assert(
      fc.property(trees, (parents) => {
        const { column, row } = placeTree(parents)
        parents.forEach((parent, node) => {
          if (parent < 0) return
          parents.forEach((otherParent, other) => {
            const isBetween = row[other] > row[parent] && row[other] < row[node]
            // its sign stands at its column, its line runs from its parent's
            if (isBetween) expect(column[other]).toBeGreaterThan(column[parent])
            if (isBetween && otherParent >= 0)
              expect(column[otherParent]).toBeGreaterThanOrEqual(column[parent])
          })
        })
      }),
    )
  })

  it('lists every node once in the branch of its row, from left to right', () => {
    fc.assert(
      fc.property(trees, (parents) => {
        const { branches, row, rows } = placeTree(parents)
        expect(branches).toHaveLength(rows)
        const listed = branches.flatMap((branch, r) => branch.filter((node) => row[node] === r))
        expect(listed.toSorted((a, b) => a - b)).toEqual(parents.map((_, node) => node))
        branches.forEach((branch) =>
          branch.slice(1).forEach((node, i) => expect(parents[node]).toBe(branch[i])),
        )
      }),
    )
  })

  it('goes straight on along its longest branch', () => {
    const { row } = placeTree([-1, 0, 0, 2, 3])
    expect([...row]).toEqual([0, 1, 0, 0, 0])
  })

  it('refuses a node that comes before its parent', () => {
    expect(() => placeTree([1, -1])).toThrow('node 0 comes before its parent 1')
  })

  it('keeps signs at least a row or a step apart, within the width it has', () => {
    fc.assert(
      fc.property(trees, fc.integer({ min: 120, max: 1200 }), (parents, width) => {
        const places = placeTree(parents)
        const at = positions(places, width)
        for (const [x] of at) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(width)
        }
        expect(new Set(at.map(([x, y]) => `${x.toFixed(4)} ${y}`)).size).toBe(parents.length)
      }),
    )
  })
})

describe('arrow keys in a tree', () => {
  it('reach every node from the first by going down', () => {
    fc.assert(
      fc.property(trees, (parents) => {
        const places = placeTree(parents)
        const seen = new Set<number>()
        let node = moveInTree(places, parents, parents.length - 1, 'Home')
        for (let i = 0; i < parents.length; i++) {
          seen.add(node)
          node = moveInTree(places, parents, node, 'ArrowDown')
        }
        expect(seen.size).toBe(parents.length)
        expect(node).toBe(moveInTree(places, parents, 0, 'End'))
      }),
    )
  })

  it('lead left to the parent, and right back along the straight branch', () => {
    const parents = [-1, 0, 1, 1]
    const places = placeTree(parents)
    expect(moveInTree(places, parents, 3, 'ArrowLeft')).toBe(1)
    expect(moveInTree(places, parents, 1, 'ArrowRight')).toBe(2)
    expect(moveInTree(places, parents, 0, 'ArrowLeft')).toBe(0)
  })
})
