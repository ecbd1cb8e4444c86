/** The basemap's style is valid in every theme, from above and tilted, with all that the layers add; its letters can be read. */
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { layers } from '../../../client/layers/layers.ts'
import { makeStyle } from '../../../client/map/style.ts'
import { sunlightAt } from '../../../client/map/sunlight.ts'
import { themeNames, themes, type ThemeName } from '../../../client/theme/theme.ts'
import { contrast } from '../theme/colour.ts'

const parts = Object.values(layers).flatMap((layer) => layer.ground ?? [])

function styleOf(name: ThemeName, isTilted: boolean) {
  const theme = themes[name]
  return makeStyle({
    theme,
    tiles: 'http://localhost/tiles/{z}/{x}/{y}.mvt',
    attribution: '© OpenStreetMap contributors',
    fontFaces: {},
    textScale: 1,
    isLatin: true,
    isTilted,
    lat: -34.9,
    light: sunlightAt(Date.UTC(2026, 7, 3, 21), [-56.18, -34.9], theme),
    parts,
  })
}

describe.each(themeNames)('the %s style', (name) => {
  it.each([false, true])('meets the style specification, tilted %s', (isTilted) => {
    const style = styleOf(name, isTilted)
    expect(validateStyleMin(style).map(({ message }) => message)).toEqual([])
    const ids = style.layers.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('letters names in at least 4.5 to 1 on their halo, 7 to 1 by high contrast', () => {
    for (const layer of styleOf(name, false).layers) {
      if (layer.type !== 'symbol' || !layer.id.startsWith('label-')) continue
      const [text, halo] = [layer.paint?.['text-color'], layer.paint?.['text-halo-color']]
      expect(contrast(String(text), String(halo)), layer.id).toBeGreaterThan(name === 'contrast' ? 7 : 4.5)
    }
  })

  it.each([false, true])(
    'asks for no picture or gradient in a fill or a line, which the page has no shaders for, tilted %s',
    (isTilted) => {
      for (const { id, paint = {} } of styleOf(name, isTilted).layers) {
        const without = Object.keys(paint).filter((key) => /-pattern$|^line-gradient$/.test(key))
        expect(without, id).toEqual([])
      }
    },
  )

  it.each([false, true])(
    'has no layer, letters, marks or sky that the page has no code for, tilted %s (leanMapParts.ts)',
    (isTilted) => {
      const style = styleOf(name, isTilted)
      for (const key of ['glyphs', 'sprite', 'sky', 'terrain', 'projection'])
        expect(style).not.toHaveProperty(key)
      const drawn = ['background', 'fill', 'line', 'circle', 'symbol', 'fill-extrusion']
      expect(drawn).toEqual(expect.arrayContaining([...new Set(style.layers.map(({ type }) => type))]))
      expect([...new Set(Object.values(style.sources).map(({ type }) => type))].sort()).toEqual([
        'geojson',
        'vector',
      ])
    },
  )

  it('draws buildings as plans or as bodies, never both', () => {
    for (const isTilted of [false, true]) {
      const shown = styleOf(name, isTilted).layers.filter(
        ({ id, layout }) => id.startsWith('building') && layout?.visibility !== 'none',
      )
      expect(shown.map(({ type }) => type)).toEqual([isTilted ? 'fill-extrusion' : 'fill'])
    }
  })
})

it('places what keeps main streets clear before the names of quarters, and the names of those streets before it', () => {
  const ids = styleOf('night', false).layers.map(({ id }) => id)
  // the last is placed first
  expect(ids.indexOf('label-quarter')).toBeLessThan(ids.indexOf('keep-clear'))
  expect(ids.indexOf('keep-clear')).toBeLessThan(ids.indexOf('label-main'))
})

it('draws a street as wide as it is from zoom 16', () => {
  const layer = styleOf('night', false).layers.find(({ id }) => id === 'road-minor')!
  const { 'line-width': width } = layer.paint as { 'line-width': number[] }
  const stops = width.slice(3)
  const px = (zoom: number) => stops[stops.indexOf(zoom) + 1]
  expect(px(20) / px(16)).toBeCloseTo(16, 6)
  // at zoom 20 and 34.9° south a CSS pixel is 6.1 cm
  expect(px(20)).toBeCloseTo(7.5 / 0.0612, -1)
})
