/** What the user looks at travels in the URL and back. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { queryFromView, viewFromQuery } from '../../../client/state/view.ts'

it('reads back what it wrote', () => {
  const query =
    '?lng=-56.18190&lat=-34.89600&z=14.50&layers=power&sel=traffic.links:17&theme=day&lang=es&movers=2000&viewing=4.5&screen=55&dim=21-7&wall=3x2&tile=1,0&bezel=24&name=main'
  expect(queryFromView(viewFromQuery(query))).toBe(query)
  for (const handover of ['?handover', '?handover=7c9e6679-7425-40de-944b-e07fc1f90ae7'])
    expect(queryFromView(viewFromQuery(handover))).toBe(handover)
})

it('takes nonsense as absent, whatever it is', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const view = viewFromQuery(
        `?lng=${a}&lat=${b}&z=${a}&sel=${b}&layers=${a}&movers=${b}&theme=${a}&viewing=${a}&screen=${b}&dim=${a}&handover=${a}`,
      )
      expect(view.camera === undefined || Number.isFinite(view.camera.zoom)).toBe(true)
      expect(viewFromQuery(queryFromView(view))).toEqual(view)
    }),
  )
})

it.each(['night', 'day', 'contrast'] as const)('keeps the %s theme in the address', (theme) => {
  expect(queryFromView(viewFromQuery(`?theme=${theme}`))).toBe(`?theme=${theme}`)
})
