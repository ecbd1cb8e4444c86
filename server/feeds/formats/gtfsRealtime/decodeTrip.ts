/** The trip that a GTFS-Realtime message speaks of. */
import type { GuardedReader } from '../../../../data/recipes/guardedReader.ts'
import { tripRelationships, type TripDescriptor } from './message.ts'
import { messageAt, nameAt, textAt, unsignedAt, type Writable } from './wire.ts'

export function readTrip(reader: GuardedReader): TripDescriptor | undefined {
  const trip: Writable<TripDescriptor> = {
    tripId: '',
    routeId: '',
    directionId: NaN,
    startTime: '',
    startDate: '',
    scheduleRelationship: '',
  }
  return messageAt(reader, trip, (tag, into, reader) => {
    if (tag === 1) into.tripId = textAt(reader)
    else if (tag === 2) into.startTime = textAt(reader)
    else if (tag === 3) into.startDate = textAt(reader)
    else if (tag === 4) into.scheduleRelationship = nameAt(reader, tripRelationships)
    else if (tag === 5) into.routeId = textAt(reader)
    else if (tag === 6) into.directionId = unsignedAt(reader)
  })
}
