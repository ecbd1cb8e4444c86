/** What transit publishes: one row per bus on the road; the bus itself is a vehicle of traffic. */
import { simulatedFrom } from '../kernel/provenance.ts'
import { real, tableSpec, whole } from '../kernel/table.ts'

/** `trip` of a row that is free. */
export const NO_TRIP = 0xffffffff

export const transitVehicleTable = tableSpec('transit.vehicles', simulatedFrom('transit', 'network'), {
  trip: whole('u32'), // row of trips
  vehicle: whole('u32'), // row of traffic.vehicles; NO_VEHICLE until it has found room on its first link
  nextStop: whole('u16'), // counted along the pattern, from 0
  isAtStop: whole('u8'),
  delayS: real(5), // behind the timetable at the last stop; negative when early
})

export const NO_VEHICLE = 0xffffffff
