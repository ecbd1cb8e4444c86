/** The formats of feeds that are read, the more particular before the more general. A partner's own is one more line. */
import { cap } from './formats/cap/cap.ts'
import { datex2 } from './formats/datex2/datex2.ts'
import { detectorCsv } from './formats/detectorCsv.ts'
import { gbfs } from './formats/gbfs/gbfs.ts'
import { geoJson } from './formats/geoJson/geoJson.ts'
import { greenButton } from './formats/greenButton.ts'
import { gtfs } from './formats/gtfs/gtfs.ts'
import { gtfsRealtime } from './formats/gtfsRealtime/gtfsRealtime.ts'
import { meterCsv } from './formats/meterCsv.ts'
import { ngsiLd } from './formats/ngsiLd.ts'
import { open311 } from './formats/open311/open311.ts'
import type { FeedFormat } from './format.ts'

export const formats: readonly FeedFormat[] = [
  gtfs,
  gtfsRealtime,
  gbfs,
  open311,
  cap,
  datex2,
  greenButton,
  ngsiLd,
  geoJson,
  detectorCsv,
  meterCsv,
]
