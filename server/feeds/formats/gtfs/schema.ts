/** The files of GTFS Schedule that are read, and of each the fields that matter here: by the reference of GTFS, names as there. */

export type FieldKind =
  | 'text'
  | 'url'
  | 'zone'
  | 'date'
  | 'time'
  | 'latitude'
  | 'longitude'
  | 'float'
  | 'integer'
  /** One of the numbers `from` to `to`. */
  | 'enum'
  /** An id of another file: its row there. */
  | 'reference'
  /** An id that several rows share: a number for it. */
  | 'group'

/** In an order in which what is referred to comes first. */
export const fileNames = [
  'agency.txt',
  'stops.txt',
  'routes.txt',
  'calendar.txt',
  'calendar_dates.txt',
  'shapes.txt',
  'trips.txt',
  'stop_times.txt',
  'frequencies.txt',
  'transfers.txt',
  'pathways.txt',
  'feed_info.txt',
] as const
export type FileName = (typeof fileNames)[number]

export interface FieldSpec {
  readonly kind: FieldKind
  readonly isRequired: boolean
  /** Of a reference: the file; 'services' are those of both calendars. */
  readonly of?: FileName | 'services'
  readonly from?: number
  readonly to?: number
  /** Not required of a row that has one of these instead; such a row is passed over. */
  readonly unless?: readonly string[]
}

export interface FileSpec {
  readonly isRequired: boolean
  /** Together they name a row. Of files in which a sequence orders the rows of a group, that is looked at when they are ordered. */
  readonly key: readonly string[]
  readonly fields: Readonly<Record<string, FieldSpec>>
}

const must = (kind: FieldKind, more: Partial<FieldSpec> = {}): FieldSpec => ({
  kind,
  isRequired: true,
  ...more,
})
const may = (kind: FieldKind, more: Partial<FieldSpec> = {}): FieldSpec => ({
  kind,
  isRequired: false,
  ...more,
})
const weekday = must('enum', { from: 0, to: 1 })

export const gtfsFiles: Readonly<Record<FileName, FileSpec>> = {
  'agency.txt': {
    isRequired: true,
    key: ['agency_id'],
    fields: {
      agency_id: may('text'),
      agency_name: must('text'),
      agency_url: must('url'),
      agency_timezone: must('zone'),
      agency_fare_url: may('url'),
    },
  },
  'stops.txt': {
    isRequired: true,
    key: ['stop_id'],
    fields: {
      stop_id: must('text'),
      stop_lat: may('latitude'),
      stop_lon: may('longitude'),
      stop_url: may('url'),
      location_type: may('enum', { from: 0, to: 4 }),
      parent_station: may('text'),
      stop_timezone: may('zone'),
    },
  },
  'routes.txt': {
    isRequired: true,
    key: ['route_id'],
    fields: {
      route_id: must('text'),
      agency_id: may('reference', { of: 'agency.txt' }),
      route_type: must('integer'),
      route_url: may('url'),
    },
  },
  'calendar.txt': {
    isRequired: false,
    key: ['service_id'],
    fields: {
      service_id: must('text'),
      monday: weekday,
      tuesday: weekday,
      wednesday: weekday,
      thursday: weekday,
      friday: weekday,
      saturday: weekday,
      sunday: weekday,
      start_date: must('date'),
      end_date: must('date'),
    },
  },
  'calendar_dates.txt': {
    isRequired: false,
    key: ['service_id', 'date'],
    fields: {
      service_id: must('text'),
      date: must('date'),
      exception_type: must('enum', { from: 1, to: 2 }),
    },
  },
  'shapes.txt': {
    isRequired: false,
    key: [],
    fields: {
      shape_id: must('group'),
      shape_pt_lat: must('latitude'),
      shape_pt_lon: must('longitude'),
      shape_pt_sequence: must('integer'),
      shape_dist_traveled: may('float'),
    },
  },
  'trips.txt': {
    isRequired: true,
    key: ['trip_id'],
    fields: {
      trip_id: must('text'),
      route_id: must('reference', { of: 'routes.txt' }),
      service_id: must('reference', { of: 'services' }),
      shape_id: may('reference', { of: 'shapes.txt' }),
      block_id: may('text'),
      direction_id: may('enum', { from: 0, to: 1 }),
    },
  },
  'stop_times.txt': {
    isRequired: true,
    key: [],
    fields: {
      trip_id: must('reference', { of: 'trips.txt' }),
      stop_id: must('reference', { of: 'stops.txt', unless: ['location_id', 'location_group_id'] }),
      stop_sequence: must('integer'),
      arrival_time: may('time'),
      departure_time: may('time'),
      shape_dist_traveled: may('float'),
    },
  },
  'frequencies.txt': {
    isRequired: false,
    key: ['trip_id', 'start_time'],
    fields: {
      trip_id: must('reference', { of: 'trips.txt' }),
      start_time: must('time'),
      end_time: must('time'),
      headway_secs: must('integer', { from: 1 }),
      exact_times: may('enum', { from: 0, to: 1 }),
    },
  },
  'transfers.txt': {
    isRequired: false,
    key: [],
    fields: {
      from_stop_id: may('reference', { of: 'stops.txt' }),
      to_stop_id: may('reference', { of: 'stops.txt' }),
      from_route_id: may('reference', { of: 'routes.txt' }),
      to_route_id: may('reference', { of: 'routes.txt' }),
      from_trip_id: may('reference', { of: 'trips.txt' }),
      to_trip_id: may('reference', { of: 'trips.txt' }),
      transfer_type: may('enum', { from: 0, to: 5 }),
    },
  },
  'pathways.txt': {
    isRequired: false,
    key: ['pathway_id'],
    fields: {
      pathway_id: must('text'),
      from_stop_id: must('reference', { of: 'stops.txt' }),
      to_stop_id: must('reference', { of: 'stops.txt' }),
    },
  },
  'feed_info.txt': {
    isRequired: false,
    key: [],
    fields: {
      feed_publisher_name: must('text'),
      feed_publisher_url: must('url'),
      feed_lang: must('text'),
      feed_start_date: may('date'),
      feed_end_date: may('date'),
    },
  },
}
