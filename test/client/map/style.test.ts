/** The basemap's style is valid, by night and by day, with all that the layers add. */
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { expect, it } from 'vitest'
import { layers } from '../../../client/layers/layers.ts'
import { makeStyle } from '../../../client/map/style.ts'
import { themes } from '../../../client/theme/theme.ts'

const parts = Object.values(layers).flatMap((layer) => layer.ground ?? [])

it.each(['night', 'day'] as const)('the %s style meets the style specification', (name) => {
  const style = makeStyle({
    theme: themes[name],
    tiles: 'http://localhost/tiles/{z}/{x}/{y}.mvt',
    attribution: '© OpenStreetMap contributors',
    fontFaces: {},
    textScale: 1,
    parts,
  })
  expect(validateStyleMin(style).map(({ message }) => message)).toEqual([])
  const ids = style.layers.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
