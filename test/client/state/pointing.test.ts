/** What is pointed at: told once, gone with the last chart, never in the URL. */
import { describe, expect, it } from 'vitest'
import { Pointing, type Pointed } from '../../../client/state/pointing.ts'
import { Store, type PageState } from '../../../client/state/store.ts'
import { queryFromView, viewFromQuery } from '../../../client/state/view.ts'

function pointingOn(): { pointing: Pointing; store: Store } {
  const store = new Store({ view: viewFromQuery('') } as PageState)
  return { store, pointing: new Pointing(store) }
}

function pointed(...rows: number[]): Pointed {
  return { table: 'power.buses', rows, shape: () => ({ points: [], paths: [] }) }
}

describe('pointing', () => {
  it('tells of a change once, and of the same thing again not at all', () => {
    const { pointing } = pointingOn()
    let told = 0
    pointing.subscribe(() => told++)
    pointing.point(pointed(1))
    pointing.point(pointed(1))
    expect(told).toBe(1)
    pointing.point(pointed(1, 2))
    pointing.point(undefined)
    pointing.point(undefined)
    expect(told).toBe(3)
  })

  it('looks things up while a chart offers to, the first that finds one counting', () => {
    const { pointing } = pointingOn()
    expect(pointing.isAsked).toBe(false)
    const endFirst = pointing.offer(() => undefined)
    const endSecond = pointing.offer(() => pointed(7))
    expect(pointing.find([0, 0], 10)?.rows).toEqual([7])
    pointing.point(pointed(7))
    endFirst()
    expect(pointing.get()).toBeDefined()
    endSecond()
    expect(pointing.isAsked).toBe(false)
    expect(pointing.get()).toBeUndefined()
  })

  it('leaves the view, and so the URL, as it is; choosing goes there', () => {
    const { pointing, store } = pointingOn()
    const { view } = store.get()
    pointing.point(pointed(3))
    expect(store.get().view).toBe(view)
    pointing.select({ layer: 'power', table: 'power.feeders', row: 3 })
    expect(queryFromView(store.get().view)).toContain('sel=power.feeders:3')
  })
})
