/** W3: what a mark means is in its shape: filled in one grey, no two of a kind look alike. W15: over is not acknowledged. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { sayDesk } from '../../../client/language/deskWords.ts'
import { LineMark, PriorityMark } from '../../../client/shell/Mark.tsx'
import { priorities } from '../../../twin/alarms/catalogue.ts'

const GRID = 64
// Two shapes of which more than this share is common are one across a room.
const ALIKE = 0.8

type Raster = readonly boolean[]

/** The corners of a path of straight lines, in absolute and relative M, H, h, L, l, V, v and Z. */
function cornersOf(path: string): [number, number][] {
  const corners: [number, number][] = []
  let [x, y] = [0, 0]
  let command = ''
  const words = path.match(/[a-z]|-?\d*\.?\d+/gi) ?? []
  for (let i = 0; i < words.length;) {
    if (/[a-z]/i.test(words[i])) command = words[i++]
    if (/z/i.test(command)) continue
    const isRelative = command === command.toLowerCase()
    const take = () => Number(words[i++])
    const kind = command.toLowerCase()
    if (kind === 'h') x = take() + (isRelative ? x : 0)
    else if (kind === 'v') y = take() + (isRelative ? y : 0)
    else [x, y] = [take() + (isRelative ? x : 0), take() + (isRelative ? y : 0)]
    corners.push([x, y])
    if (command === 'M') command = 'L'
  }
  return corners
}

/** What is covered of the mark's box, by the even-odd rule. */
function fill(path: string): Raster {
  const corners = cornersOf(path)
  return Array.from({ length: GRID * GRID }, (_, i) => {
    const [x, y] = [(((i % GRID) + 0.5) * 16) / GRID, ((Math.floor(i / GRID) + 0.5) * 16) / GRID]
    let isInside = false
    corners.forEach(([ax, ay], at) => {
      const [bx, by] = corners[(at + 1) % corners.length]
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isInside = !isInside
    })
    return isInside
  })
}

function shareInCommon(a: Raster, b: Raster): number {
  const both = a.filter((covered, i) => covered && b[i]).length
  const either = a.filter((covered, i) => covered || b[i]).length
  return both / either
}

const markOf = (priority: (typeof priorities)[number], isOver = false) =>
  renderToStaticMarkup(createElement(PriorityMark, { priority, isOver }))

describe('W3', () => {
  test('the three priorities have three shapes, told apart in one grey, and three words', () => {
    const shapes = priorities.map((priority) => fill(/ d="([^"]+)"/.exec(markOf(priority))?.[1] ?? ''))
    for (const [i, shape] of shapes.entries()) {
      expect(shape.filter(Boolean).length).toBeGreaterThan(GRID * GRID * 0.3)
      for (const other of shapes.slice(i + 1)) expect(shareInCommon(shape, other)).toBeLessThan(ALIKE)
    }
    expect(new Set(priorities.map((priority) => sayDesk(`priority.${priority}`))).size).toBe(3)
  })

  test('the states of the line have a shape each', () => {
    const states = ['live', 'connecting', 'late', 'lost'] as const
    const drawn = states.map((state) =>
      renderToStaticMarkup(createElement(LineMark, { state })).replaceAll(/var\([^)]*\)|currentColor/g, ''),
    )
    expect(new Set(drawn).size).toBe(states.length)
  })
})

test('W15: what is over is hollow, what is acknowledged is filled, and their words differ', () => {
  for (const priority of priorities) {
    expect(markOf(priority, true)).toContain('fill="none"')
    expect(markOf(priority)).not.toContain('fill="none"')
  }
  expect(sayDesk('state.acknowledged')).not.toBe(sayDesk('state.returned'))
})
