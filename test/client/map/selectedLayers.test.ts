/** The map marks what is selected: a ring where it stands, none where its layer lights up its course. */
import { expect, it } from 'vitest'
import { selectedLayers } from '../../../client/map/selectedLayers.ts'
import { night } from '../../../client/theme/theme.ts'

const selection = { layer: 'power', table: 'power.transformers', row: 3 }
const context = { selection, theme: night, textScale: 1 } as never
const view = (at: readonly [number, number] | undefined, courses: readonly string[] = []) =>
  ({ courses, locate: () => at }) as never

it('a ring stands where the selected thing is, on a ring of the ground so that it is seen on anything', () => {
  const rings = selectedLayers(view([10, 20]), context)
  expect(rings.map(({ props }) => (props as unknown as { data: unknown }).data)).toEqual([
    [[10, 20]],
    [[10, 20]],
  ])
})

it.each([
  ['its layer draws its course', view([10, 20], ['power.transformers']), context],
  ['it is nowhere now', view(undefined), context],
  ['its layer is not shown', undefined, context],
  ['nothing is selected', view([10, 20]), { theme: night } as never],
] as const)('there is no ring when %s', (_, of, where) => {
  expect(selectedLayers(of, where)).toEqual([])
})
