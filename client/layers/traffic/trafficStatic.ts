/** What the traffic layer derives from the city's streets, once, and what of it is drawn now. */
import type { FeatureCollection } from 'geojson'
import { packLinks } from '../linkTexture.ts'
import { perCity } from '../perCity.ts'
import { makePlane } from '../plane.ts'
import { makeStates } from '../stateTexture.ts'
import { makeLinkLines } from './linkLines.ts'

export const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }

export const trafficStatic = perCity((city) => {
  const plane = makePlane(city.projection)
  return {
    plane,
    texture: packLinks(city.network, plane),
    lines: makeLinkLines(city, plane),
    states: makeStates(city.network.links.lengthM.length),
    seen: { stamp: '' },
    gains: new Float32Array(city.network.links.lengthM.length),
    dark: { key: '', features: nothing },
  }
})
