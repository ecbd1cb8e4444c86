/**
 * Names for the map's lettering: as the place itself writes them, and in Latin letters too where it does not, for who cannot
 * read its own. The mapped English or international name comes first; where there is none, Cyrillic is romanised.
 */
import { isCyrillic, romanised } from '../../twin/geo/romanise.ts'
import type { MapTags } from './mapFeature.ts'
import type { Tags } from './osm.ts'

/** A name that holds a letter of another script than Latin. */
const FOREIGN = /(?!\p{Script=Latin})\p{L}/u

/** The name's tags for the tiles; none when the thing has no name. */
export function nameTags(tags: Tags): MapTags {
  const { name } = tags
  if (name === undefined) return {}
  const latin = latinName(tags)
  return latin === undefined ? { name } : { name, name_latin: latin }
}

/** Undefined when the name is in Latin letters already, or in a script that nobody here can romanise. */
function latinName(tags: Tags): string | undefined {
  const { name = '' } = tags
  if (!FOREIGN.test(name)) return undefined
  const mapped = [tags['name:en'], tags.int_name].find((other) => other && !FOREIGN.test(other))
  return mapped ?? (isCyrillic(name) ? romanised(name) : undefined)
}
