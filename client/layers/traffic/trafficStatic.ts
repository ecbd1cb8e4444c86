/** What the traffic layer derives from the city's streets, once, and what of it is drawn now. */
import type { FeatureCollection } from 'geojson'
import { packLinks } from '../linkTexture.ts'
import { perCity } from '../perCity.ts'
import { makePlane, planeFromLocals } from '../plane.ts'
import { makeStates } from '../stateTexture.ts'
import { SEGMENT_WORDS } from '../segmentLayer.ts'
import { LAST_MAIN_CLASS, makeLinkLines } from './linkLines.ts'

export const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** What vehicles drive along. */
export const trafficCourses = perCity((city) => {
  const plane = makePlane(city.projection)
  const places = planeFromLocals(plane, city.network.shape)
  return { plane, places, texture: packLinks(city.network, plane, places) }
})

export const trafficStatic = perCity((city) => {
  const { plane, places } = trafficCourses(city)
  const lines = makeLinkLines(city, plane, places)
  const mains = lines.endOfClass[LAST_MAIN_CLASS]
  return {
    plane,
    lines,
    // of the main streets, for what is drawn of them alone
    mainLines: { words: lines.words.subarray(0, mains * SEGMENT_WORDS), count: mains },
    states: makeStates(city.network.links.lengthM.length),
    seen: { stamp: '' },
    gains: new Float32Array(city.network.links.lengthM.length),
    dark: { key: '', features: nothing },
  }
})
