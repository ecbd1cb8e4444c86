/** GTFS, GTFS-Realtime and CAP as they leave, read by the reader that notes every rule a feed breaks. */
import { Deviations } from '../../server/feeds/deviations.ts'
import { cap } from '../../server/feeds/formats/cap/cap.ts'
import { gtfs } from '../../server/feeds/formats/gtfs/gtfs.ts'
import { timetableIndex } from '../../server/feeds/formats/gtfs/timetableIndex.ts'
import { decodeFeedMessage } from '../../server/feeds/formats/gtfsRealtime/decode.ts'
import { gtfsRealtime } from '../../server/feeds/formats/gtfsRealtime/gtfsRealtime.ts'
import { parseXml } from '../../server/feeds/xml.ts'
import type { Finding, Surface } from './finding.ts'

const REALTIME = ['trip-updates', 'vehicle-positions', 'alerts']

function told(deviations: Deviations): string[] {
  return deviations
    .examples()
    .map(
      ({ rule, severity, where, came, due }) =>
        `${severity} ${rule} at ${where}: ${came} came, ${due} was due`,
    )
}

export async function buses({ bytes }: Surface, utcOffsetS: number): Promise<Finding[]> {
  const zip = await bytes('/sim/gtfs.zip')
  const timetable = timetableIndex(zip)
  const ofTimetable = new Deviations()
  gtfs.read({ name: 'gtfs.zip', bytes: zip }, { nowMs: Date.now(), utcOffsetS }, ofTimetable)
  const findings: Finding[] = [
    {
      standard: 'GTFS',
      by: 'the rules of the Schedule reference that the reader knows',
      checked: timetable.trips.size + timetable.stopIds.size + timetable.shapes.size,
      failures: told(ofTimetable),
    },
  ]
  for (const name of REALTIME) {
    const message = await bytes(`/sim/gtfs-rt/${name}.pb`)
    const deviations = new Deviations()
    const { header, entities } = decodeFeedMessage(message, deviations)
    // the twin's clock is its own
    const options = { nowMs: header.timestampS * 1000, utcOffsetS, settings: { timetable } }
    gtfsRealtime.read({ name: `${name}.pb`, bytes: message }, options, deviations)
    findings.push({
      standard: `GTFS-Realtime, ${name}`,
      by: 'the rules of its validator, against the timetable',
      checked: entities.length,
      failures: told(deviations),
    })
  }
  return findings
}

export async function alarms({ bytes }: Surface, utcOffsetS: number): Promise<Finding[]> {
  const atom = await bytes('/cap/alerts.atom')
  const deviations = new Deviations()
  const feed = parseXml(atom)
  const updated = feed.children.find(({ name }) => name === 'updated')?.text ?? ''
  const { notices = [] } = cap.read(
    { name: 'alerts.atom', bytes: atom },
    { nowMs: Date.parse(updated), utcOffsetS },
    deviations,
  )
  const failures = told(deviations)
  if (notices.length === 0) failures.push('no alert came, though a substation is out')
  for (const { id, isExercise } of notices)
    if (!isExercise) failures.push(`${id} is told as real, though all of it is simulated`)
  return [{ standard: 'CAP 1.2', by: 'the rules of the OASIS text', checked: notices.length, failures }]
}
