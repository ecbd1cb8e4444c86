/** The power layer's textures and features from the mirror: loading of cables, lamps that are lit, areas that are dark. */
import type { FeatureCollection } from 'geojson'
import { busTable, substationTable, transformerTable } from '../../../twin/power/tables.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { markOrigins, otherOrigins } from '../drawnOrigin.ts'
import type { LayerContext } from '../layer.ts'
import { darkAreas } from './darkAreas.ts'
import type { PowerStatic } from './powerStatic.ts'

/** Loading in the five steps of the theme's palette: below 20, 40, 60, 80 % of the rating, and above. */
export function loadingStep(loadingRatio: number): number {
  return Math.max(0, Math.min(4, Math.floor(loadingRatio * 5)))
}

interface Shown {
  tick: number
  darkKey: number
  dark: FeatureCollection
  substationKey: string
  substations: FeatureCollection
}

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }
const shownBy = new WeakMap<PowerStatic, Shown>()

export function shownOf(part: PowerStatic): Shown {
  let shown = shownBy.get(part)
  if (shown === undefined) {
    shown = { tick: -2, darkKey: 0, dark: nothing, substationKey: '', substations: nothing }
    shownBy.set(part, shown)
  }
  return shown
}

/** Brings textures and features up to the mirror's last frame. */
export function updatePower(part: PowerStatic, context: LayerContext): Shown {
  const { mirror } = context
  const shown = shownOf(part)
  if (shown.tick === mirror.tick) return shown
  shown.tick = mirror.tick
  setCables(part, context)
  setLamps(part, context, shown)
  setSubstations(part, context, shown)
  return shown
}

/** How bright a cable is by loading step, of 255: an idle one hardly, a full one wholly. */
const CABLE_OPACITY = [90, 130, 180, 225, 255]

function setCables(part: PowerStatic, { mirror }: LayerContext): void {
  const table = mirror.table(busTable)
  const { loadingRatio, isEnergized } = table.columns
  const { bytes } = part.cableStates
  for (let bus = 0; bus < table.rows; bus++) {
    const step = loadingStep(loadingRatio[bus])
    bytes[bus * 4] = (step * 255) / 4
    bytes[bus * 4 + 1] = isEnergized[bus] === 1 ? CABLE_OPACITY[step] : 0
    bytes[bus * 4 + 3] = 0
  }
  markOrigins(bytes, otherOrigins(mirror, busTable, 'loadingRatio'))
  part.cableStates.version++
  if (part.transmissionStates.version === 0) {
    for (let i = 0; i < part.transmissionStates.bytes.length; i += 4) {
      part.transmissionStates.bytes.set([64, 150, 0, 0], i)
    }
    part.transmissionStates.version++
  }
}

function setLamps(part: PowerStatic, { mirror, city }: LayerContext, shown: Shown): void {
  const { isEnergized } = mirror.table(transformerTable).columns
  const { bytes } = part.lampStates
  const rows = part.supplies.xM.length
  if (isEnergized.length < rows) return
  // a fingerprint of which are dark, so that the outline is drawn anew only when they change
  let key = 1
  let isAnyDark = false
  for (let t = 0; t < rows; t++) {
    bytes[t * 4] = isEnergized[t] === 1 ? 255 : 0
    if (isEnergized[t] === 1) continue
    key = (Math.imul(key, 31) + t + 1) | 0
    isAnyDark = true
  }
  if (key === shown.darkKey) return
  shown.darkKey = key
  part.lampStates.version++
  if (!isAnyDark) {
    shown.dark = nothing
    return
  }
  shown.dark = darkAreas(
    part.territory(),
    part.supplies,
    isEnergized,
    part.grid.transformers.customers,
    city.projection,
  )
}

function setSubstations(part: PowerStatic, { mirror, city }: LayerContext, shown: Shown): void {
  const { substations } = part.grid
  const { isInService, loadingRatio } = mirror.table(substationTable).columns
  if (isInService.length < substations.name.length) return
  const images = substations.name.map((_, row) =>
    isInService[row] === 1 ? `substation-${loadingStep(loadingRatio[row])}` : undefined,
  )
  const key = images.join()
  if (key === shown.substationKey) return
  shown.substationKey = key
  shown.substations = {
    type: 'FeatureCollection',
    features: images.flatMap((image, row) => {
      // what has failed is told above all that is drawn (powerForemost.ts)
      if (image === undefined) return []
      const [lng, lat] = lngLatFromLocal(city.projection, [substations.xM[row], substations.yM[row]])
      return [
        {
          type: 'Feature',
          properties: { image, name: substations.name[row] },
          geometry: { type: 'Point', coordinates: [lng, lat] },
        },
      ]
    }),
  }
}
