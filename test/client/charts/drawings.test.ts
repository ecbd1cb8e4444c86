/** What a drawing holds for eye and ear: every mark an option with its words, what is dark hollow, one stop of the tab key. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { binned } from '../../../client/charts/bins.ts'
import { Histogram } from '../../../client/charts/Histogram.tsx'
import { Profile } from '../../../client/charts/Profile.tsx'
import { StringDiagram } from '../../../client/charts/StringDiagram.tsx'
import { TreeDiagram, type TreeNode } from '../../../client/charts/TreeDiagram.tsx'

const nothing = (): void => undefined
const shared = {
  summary: 'all is well',
  note: 'made up',
  chosen: undefined,
  onPoint: nothing,
  onChoose: nothing,
}

function node(words: string, more: Partial<TreeNode> = {}): TreeNode {
  return { words, sign: 'disc', color: 'teal', isDark: false, lineColor: 'teal', lineWidth: 1, ...more }
}

function options(html: string): string[] {
  return [...html.matchAll(/role="option" aria-label="([^"]*)"/g)].map((match) => match[1])
}

describe('a single-line diagram', () => {
  const nodes = [
    node('bar', { sign: 'bar' }),
    node('head', { switch: 'closed' }),
    node('lit', { switch: 'open' }),
    node('dark', { isDark: true }),
  ]
  const html = renderToStaticMarkup(
    createElement(TreeDiagram, {
      ...shared,
      title: 'Diagram',
      parents: [-1, 0, 1, 1],
      nodes,
      openColor: 'orange',
      pointed: [2],
    }),
  )

  it('reads out every node, in one list that is one stop', () => {
    expect(options(html)).toEqual(['bar', 'head', 'lit', 'dark'])
    expect(html.match(/tabindex="0"/gi)).toHaveLength(1)
    expect(html).toContain('aria-label="Diagram. all is well"')
  })

  it('says what is pointed at in place of the whole', () => {
    expect(html).toMatch(/<b [^>]*>lit<\/b>/)
    expect(html.match(/aria-selected="true"/g)).toHaveLength(1)
  })

  it('draws what is dark hollow with a broken line, and an open breaker hollow', () => {
    expect(html.match(/<circle class="hollow"/g)).toHaveLength(1)
    expect(html.match(/stroke-dasharray="2 3"/g)).toHaveLength(1)
    expect(html.match(/<rect class="hollow"/g)).toHaveLength(1)
  })
})

describe('a profile', () => {
  it('draws the band, a line a branch, and nothing where there is no value', () => {
    const html = renderToStaticMarkup(
      createElement(Profile, {
        ...shared,
        title: 'Voltage',
        parents: [-1, 0, 1, 1],
        alongM: [0, 100, 200, 300],
        values: [1.02, 1.01, NaN, 0.99],
        words: ['a', 'b', 'c', 'd'],
        band: [0.95, 1.05],
        formatValue: (value: number) => `${value} pu`,
        formatAlong: (alongM: number) => `${alongM} m`,
        color: 'teal',
        pointed: [],
      }),
    )
    expect(html).toContain('0.95 pu')
    expect(html).toContain('1.05 pu')
    expect(html).not.toContain('NaN')
    expect(options(html)).toEqual(['a', 'b', 'c', 'd'])
    expect(html.match(/<circle/g)).toHaveLength(3)
  })
})

describe('a string diagram', () => {
  it('draws plan and drive of each trip, the time that is shown, and a dot for who is under way', () => {
    const planned = [
      { timeMs: 0, alongM: 0 },
      { timeMs: 600_000, alongM: 900 },
    ]
    const html = renderToStaticMarkup(
      createElement(StringDiagram, {
        ...shared,
        title: 'Line',
        timeZone: 'UTC',
        fromMs: 0,
        toMs: 900_000,
        nowMs: 300_000,
        nowWord: 'now',
        lengthM: 900,
        stops: [
          { name: 'First', alongM: 0 },
          { name: 'Last', alongM: 900 },
        ],
        strings: [
          { words: 'one', planned, driven: planned.slice(0, 1), isUnderWay: true },
          { words: 'two', planned, driven: [], isUnderWay: false },
        ],
        color: 'white',
        pointed: [],
      }),
    )
    expect(options(html)).toEqual(['one', 'two'])
    expect(html.match(/class="ghost"/g)).toHaveLength(2)
    expect(html.match(/<circle/g)).toHaveLength(1)
    expect(html).toContain('now')
    for (const name of ['First', 'Last']) expect(html).toContain(name)
  })
})

describe('a histogram', () => {
  it('writes each count on its bar, and none on an empty class', () => {
    const bins = binned([1, 2, 3, 25], [0, 10, 20, 30])
    const html = renderToStaticMarkup(
      createElement(Histogram, {
        ...shared,
        title: 'Speeds',
        bins,
        colors: bins.map(() => 'teal'),
        words: bins.map(({ count }) => `${count} cars`),
        formatCount: (count: number) => `n${count}`,
        formatEdge: (edge: number) => `${edge} km/h`,
        pointed: [],
      }),
    )
    expect([...html.matchAll(/>(n\d)</g)].map((match) => match[1])).toEqual(['n3', 'n1'])
    expect(html).toContain('30 km/h')
    expect(options(html)).toEqual(['3 cars', '0 cars', '1 cars'])
  })
})
