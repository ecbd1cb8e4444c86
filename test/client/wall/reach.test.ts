/** W13: every kind of alarm leads to its thing on the map, so that choosing it and showing it is all there is to do. */
import { expect, test } from 'vitest'
import { layers } from '../../../client/layers/layers.ts'
import { selectionOfAlarm } from '../../../client/shell/alarmThing.ts'
import { Mirror } from '../../../client/state/mirror.ts'
import { alarmKinds } from '../../../twin/alarms/catalogue.ts'
import { requestTable } from '../../../twin/reports/tables.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'
import { NO_TRIP, transitVehicleTable } from '../../../twin/transit/tables.ts'
import { FrameEncoder } from '../../../twin/protocol/frame.ts'
import { createTwin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity()
const twin = createTwin(city, { seed: 5, startMs: Date.parse('2026-03-04T11:00:00Z'), utcOffsetS: -10_800 })
twin.advance(600)
const mirror = new Mirror()
mirror.apply(new FrameEncoder(twin.tables).delta(twin.clock.tick), 0)

test.each(alarmKinds)('W13: $id', (kind) => {
  // one of each kind of thing that is in question: the first street that is named, the line of a bus, the service of a report
  const source = {
    substation: 0,
    feeder: 0,
    signal: 0,
    street: city.network.links.name[0],
    route:
      city.timetable!.patterns.route[
        city.timetable!.trips.pattern[
          mirror.table(transitVehicleTable).columns.trip.find((trip) => trip !== NO_TRIP)!
        ]
      ],
    service: mirror.table(requestTable).columns.service[0],
  }[kind.of]
  const alarm = {
    id: 1,
    kind,
    state: 'unacknowledged',
    source,
    sources: 1,
    isMany: false,
    raisedTick: 0,
    changedTick: 0,
    shelvedUntilTick: 0,
    value: 1,
    consequences: [],
  } as const
  mirror.table(requestTable).columns.status[0] = 1
  mirror.table(linkTable).columns.queueM[0] = 300
  const selection = selectionOfAlarm(alarm, city, mirror)
  expect(selection).toBeDefined()
  expect(layers[selection!.layer].Inspector).toBeDefined()
})
